import { type StudyDay, weightOf } from './days/study-day.js';
import { outcomesOf } from './figures/outcomes.js';
import { figuresOf, type PolicyFigures } from './figures/policy-figures.js';
import { hindsightOf } from './hindsight/hindsight-instance.js';
import { lowerBound } from './hindsight/lower-bound.js';
import { plannedTripMinutes } from './hindsight/planned-trip.js';
import { nearestFirst } from './policies/nearest-first.js';
import { yizhan } from './policies/yizhan.js';
import { simulate, type Simulation } from './simulation/simulate.js';

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
const parts = { nearestFirst: 0.3, yizhan: 0.3, bound: 0.4 };

/** Weighted minutes; the bound looks no further, however long a truck has waited. */
const longestWait = { least: 60, most: 480 };

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
    longestWait: longestWaitOf(day, own),
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

/** As long as the bound lets a truck wait: a plan in which some wait longer than they did is hardly better. Any choice gives a bound. */
function longestWaitOf(day: StudyDay, { events }: Simulation): number {
  const waited = outcomesOf(day, events).map(({ truck, waitedMinutes }) => weightOf(truck) * waitedMinutes);
  const longest = waited.reduce((most, minutes) => Math.max(most, minutes), longestWait.least);
  return Math.min(longestWait.most, Math.ceil(longest));
}
