import { weightsOf } from '@yizhan/policy';
import { type AnnouncedVisit, type AreaPicture, policyInForce } from '../picture/area-picture.js';
import { usualSeconds } from '../picture/usual-times.js';
import type { CandidateSearch, Option } from './find-candidates.js';
import type { Urgency } from './urgency.js';

/** An announced truck that is about to arrive, and who could take it then: a place in the plan, and never a proposal. */
export interface ExpectedRow {
  readonly visit: AnnouncedVisit;
  readonly urgency: Urgency;
  readonly options: readonly Option[];
  readonly awaited: readonly Option[];
  readonly weightPercent: number;
}

export interface Expected {
  /** Most urgent first, then who is expected first. */
  readonly rows: readonly ExpectedRow[];
  /** When the next announced truck is near enough to be counted, or one that has not come no longer is; epoch milliseconds. */
  readonly lookAgainAt: number | undefined;
}

/** Where the truck itself is only expected, so may its driver be: nobody who is free waits for it in his stead. */
function asSure(option: Option, awaitedDriverSeconds: number): Option {
  return { ...option, cost: Math.max(0, option.cost - awaitedDriverSeconds) };
}

/**
 * Both in the order in which they get drivers: by priority, and of one priority those who wait first.
 * @param waiting in their order @param expected in theirs
 */
export function inOneOrder<W extends { readonly urgency: Pick<Urgency, 'priority'> }>(
  waiting: readonly W[],
  expected: readonly ExpectedRow[],
): (W | ExpectedRow)[] {
  return [...waiting, ...expected].toSorted((one, other) => other.urgency.priority - one.urgency.priority);
}

/** A truck that is later than this is not counted on any more: what keeps it is not known. */
const graceMillis = 15 * 60_000;

/** Trucks that come within the same minutes ask the same drivers, which are found once for all of them. */
const stepMillis = 5 * 60_000;

/**
 * The announced trucks into the zone that are near enough (`announcedWithinSeconds` of the pack). Each is ready for its driver
 * when it is expected and has been checked as long as that usually takes.
 */
export function expectedRows(picture: AreaPicture, now: number, search: CandidateSearch): Expected {
  const checks = usualSeconds(picture.usual, 'untilReady') * 1000;
  const rows: ExpectedRow[] = [];
  let lookAgainAt = Infinity;
  for (const visit of picture.announced.values()) {
    const policy = visit.flow === 'into_zone' ? policyInForce(picture, visit.zoneId) : undefined;
    const { state = 'open', isCutOff = false } = picture.stations.get(visit.stationCode) ?? {};
    if (!policy || state !== 'open' || isCutOff) continue;
    const weights = weightsOf(policy.rules);
    const from = visit.expectedAt - weights.announcedWithinSeconds * 1000;
    const until = visit.expectedAt + graceMillis;
    if (now >= until || weights.announcedWithinSeconds === 0) continue;
    lookAgainAt = Math.min(lookAgainAt, now < from ? from : until);
    if (now < from) continue;
    const readyAt = Math.max(now, stepMillis * Math.floor((visit.expectedAt + checks) / stepMillis));
    const found = search.for({
      flow: 'into_zone',
      zoneId: visit.zoneId,
      stationCode: visit.stationCode,
      licenceRequired: visit.licenceRequired,
      startsFrom: readyAt,
      policy,
      returnDriverIds: [],
      pool: picture.insidePools.get(visit.zoneId) ?? [],
      isNamed: false,
    });
    const urgency = { priority: visit.priority, lateSeconds: 0, waitingSeconds: 0 };
    const weightPercent = 100 + weights.priorityPercent * visit.priority;
    const awaited = found.awaited.map((option) => asSure(option, weights.awaitedDriverSeconds));
    rows.push({ visit, urgency, options: found.options, awaited, weightPercent });
  }
  rows.sort(
    (one, other) =>
      other.urgency.priority - one.urgency.priority ||
      one.visit.expectedAt - other.visit.expectedAt ||
      (one.visit.visitId < other.visit.visitId ? -1 : 1),
  );
  return { rows, lookAgainAt: lookAgainAt === Infinity ? undefined : lookAgainAt };
}
