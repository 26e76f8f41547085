import { isOnLane, weightsOf } from '@yizhan/policy';
import { type AreaPicture, givesDrivers, policyInForce } from '../picture/area-picture.js';
import { type TruckKind, usualArrivals } from '../picture/arrival-history.js';
import { usualSeconds } from '../picture/usual-times.js';
import { asSure, type ExpectedRow } from './expected-rows.js';
import type { CandidateSearch, Option } from './find-candidates.js';
import type { Swap } from './swap.js';
import type { WaitingRow } from './waiting-rows.js';

/** A truck that nobody has announced, such as usually comes at this hour and weekday: a place in the plan behind all others. */
export interface ForecastRow {
  readonly forecast: TruckKind;
  readonly options: readonly Option[];
  readonly awaited: readonly Option[];
  readonly weightPercent: number;
  readonly skipSeconds: number;
}

export interface Forecast {
  readonly rows: readonly ForecastRow[];
  /** When other trucks are forecast, epoch milliseconds; absent where none are. */
  readonly lookAgainAt: number | undefined;
}

/** Between two instants that are so far apart nothing else is forecast: time alone changes no plan within them. */
const stepMillis = 5 * 60_000;

/** It counts like a truck without priority: nobody knows how urgent it will be. */
const weightPercent = 100;

/**
 * The trucks that are usually ready for a driver within `forecastWithinSeconds` of the pack from now on, less those that are announced. None
 * where nobody who waits has a choice: it could change nothing. None on a throttled lane.
 * @param rows those that wait and those that are announced
 */
export function forecastRows(
  picture: AreaPicture,
  now: number,
  search: CandidateSearch,
  rows: readonly (WaitingRow | ExpectedRow)[],
): Forecast {
  const at = stepMillis * Math.floor(now / stepMillis);
  const found = rows.some(hasChoice)
    ? [...picture.policyOfZone.keys()].flatMap((zoneId) => rowsOfZone(picture, zoneId, { now, at }, search, rows))
    : [];
  return { rows: found, lookAgainAt: found.length > 0 ? at + stepMillis : undefined };
}

const hasChoice = (row: WaitingRow | ExpectedRow): boolean =>
  'handoff' in row && !row.held && row.options.length > 0 && row.options.length + row.awaited.length > 1;

function rowsOfZone(
  picture: AreaPicture,
  zoneId: string,
  { now, at }: { readonly now: number; readonly at: number },
  search: CandidateSearch,
  rows: readonly (WaitingRow | ExpectedRow)[],
): ForecastRow[] {
  const policy = policyInForce(picture, zoneId);
  const { forecastWithinSeconds = 0 } = policy ? weightsOf(policy.rules) : {};
  if (!policy || forecastWithinSeconds === 0) return [];
  const throttles = [...picture.throttles.values()].filter(({ endsAt = Infinity }) => endsAt > now);
  const isThrottled = (stationCode: string): boolean =>
    throttles.some((lane) => isOnLane(lane, { flow: 'into_zone', stationCode }));
  // Ready by then: it has come so much sooner.
  const from = at - usualSeconds(picture.usual, 'untilReady') * 1000;
  return usualArrivals(picture.arrivals, from, from + forecastWithinSeconds * 1000).flatMap(({ kind, trucks }) => {
    const { stationCode } = kind;
    if (kind.zoneId !== zoneId || !givesDrivers(picture.stations.get(stationCode)) || isThrottled(stationCode))
      return [];
    const more = Math.round(trucks) - rows.filter((row) => isAnnounced(row, kind)).length;
    if (more <= 0) return [];
    const row = rowOf(picture, kind, policy, at + forecastWithinSeconds * 500, search);
    // More than there are drivers would change nothing.
    return Array.from({ length: Math.min(more, row.options.length + row.awaited.length) }, () => row);
  });
}

function isAnnounced(row: WaitingRow | ExpectedRow, { zoneId, stationCode, licenceRequired }: TruckKind): boolean {
  if (!('visit' in row)) return false;
  const { visit } = row;
  return visit.zoneId === zoneId && visit.stationCode === stationCode && visit.licenceRequired === licenceRequired;
}

/** @param readyAt in the middle of the time that is looked ahead */
function rowOf(
  picture: AreaPicture,
  kind: TruckKind,
  policy: Swap['policy'],
  readyAt: number,
  search: CandidateSearch,
): ForecastRow {
  const { zoneId } = kind;
  const pool = picture.insidePools.get(zoneId) ?? [];
  const asked = {
    flow: 'into_zone',
    ...kind,
    startsFrom: readyAt,
    policy,
    returnDriverIds: [],
    pool,
    isNamed: false,
  } as const;
  const { options, awaited } = search.for(asked);
  const { awaitedDriverSeconds, forecastTruckSeconds } = weightsOf(policy.rules);
  return {
    forecast: kind,
    options,
    awaited: awaited.map((option) => asSure(option, awaitedDriverSeconds)),
    weightPercent,
    skipSeconds: forecastTruckSeconds,
  };
}
