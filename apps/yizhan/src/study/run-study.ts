import type { StudyDay } from './days/study-day.js';
import { figuresOf, type PolicyFigures } from './figures/policy-figures.js';
import { hindsightOf } from './hindsight/hindsight-instance.js';
import { lowerBound } from './hindsight/lower-bound.js';
import { plannedTripMinutes } from './hindsight/planned-trip.js';
import { nearestFirst } from './policies/nearest-first.js';
import { yizhan } from './policies/yizhan.js';
import { simulate } from './simulation/simulate.js';

/** One day under both policies, beside what nobody could have beaten. */
export interface StudyResult {
  readonly name: string;
  readonly trucks: number;
  readonly drivers: number;
  /** Percent of the roster, where that was chosen. */
  readonly driversPercent?: number;
  readonly nearestFirst: PolicyFigures;
  readonly yizhan: PolicyFigures;
  /** Weighted minutes that every plan has at the least; the optimum in hindsight lies between it and the better policy. */
  readonly hindsightAtLeast: number;
  /** How much of what nearest-first waits is above that, from 0 to 1. */
  readonly gap: number;
  /** How much of that gap the product closes at the least; absent where there is none. */
  readonly closed: number | undefined;
}

export interface StudySettings {
  /** Rounds of the search for the bound; 0 leaves it out. */
  readonly rounds: number;
  readonly onProgress: (share: number) => void;
}

/** How the time goes: both simulations and the search for the bound. */
const parts = { nearestFirst: 0.35, yizhan: 0.35, bound: 0.3 };

export function runStudy(day: StudyDay, driversPercent: number | undefined, settings: StudySettings): StudyResult {
  const { onProgress, rounds } = settings;
  const peer = simulate(day, nearestFirst, { onProgress: (share) => onProgress(share * parts.nearestFirst) });
  const own = simulate(day, yizhan, {
    onProgress: (share) => onProgress(parts.nearestFirst + share * parts.yizhan),
  });
  const peerFigures = figuresOf('nearest-first', day, peer);
  const ownFigures = figuresOf('yizhan', day, own);
  const instance = hindsightOf(day, plannedTripMinutes([...peer.events, ...own.events]));
  const { minutes } = lowerBound(instance, {
    known: Math.min(peerFigures.weightedMinutes, ownFigures.weightedMinutes),
    rounds,
    onProgress: (share) => onProgress(parts.nearestFirst + parts.yizhan + share * parts.bound),
  });
  const gap = peerFigures.weightedMinutes - minutes;
  return {
    name: day.name,
    trucks: day.trucks.length,
    drivers: day.drivers.length,
    ...(driversPercent === undefined ? {} : { driversPercent }),
    nearestFirst: peerFigures,
    yizhan: ownFigures,
    hindsightAtLeast: minutes,
    gap: peerFigures.weightedMinutes === 0 ? 0 : gap / peerFigures.weightedMinutes,
    closed: gap <= 0 ? undefined : (peerFigures.weightedMinutes - ownFigures.weightedMinutes) / gap,
  };
}
