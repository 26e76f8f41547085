import { weightsOf } from '@yizhan/policy';
import { type AnnouncedVisit, type AreaPicture, givesDrivers, policyInForce } from '../picture/area-picture.js';
import { usualSeconds } from '../picture/usual-times.js';
import { priorityOf } from '../line-stops/line-stops.js';
import { waitingLonger, weightPercentOf } from './costs.js';
import type { CandidateSearch, Option } from './find-candidates.js';
import type { Swap } from './swap.js';
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
export function asSure(option: Option, awaitedDriverSeconds: number): Option {
  return { ...option, costs: waitingLonger(option.costs, -awaitedDriverSeconds) };
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

/** An announced truck that is near enough, and the rules of its zone. */
interface Near {
  readonly visit: AnnouncedVisit;
  readonly policy: Swap['policy'];
}

/**
 * The announced trucks into the zone that are near enough (`announcedWithinSeconds` of the pack). Each is ready for its driver
 * when it is expected and has been checked as long as that usually takes.
 */
export function expectedRows(picture: AreaPicture, now: number, search: CandidateSearch): Expected {
  const near: Near[] = [];
  let lookAgainAt = Infinity;
  for (const visit of picture.announced.values()) {
    const isWanted = visit.flow === 'into_zone' && visit.cancelledBy === undefined;
    const policy = isWanted ? policyInForce(picture, visit.zoneId) : undefined;
    if (!policy || !givesDrivers(picture.stations.get(visit.stationCode))) continue;
    const { announcedWithinSeconds } = weightsOf(policy.rules);
    const from = visit.expectedAt - announcedWithinSeconds * 1000;
    const until = visit.expectedAt + graceMillis;
    if (now >= until || announcedWithinSeconds === 0) continue;
    lookAgainAt = Math.min(lookAgainAt, now < from ? from : until);
    if (now >= from) near.push({ visit, policy });
  }
  const rows = oncePerTruck(picture, near).map((one) => rowOf(picture, one, now, search));
  rows.sort((one, other) => other.urgency.priority - one.urgency.priority);
  return { rows, lookAgainAt: lookAgainAt === Infinity ? undefined : lookAgainAt };
}

/**
 * Who is expected first comes first. A truck that stands at a station already is counted there, and one that is announced twice,
 * as by its carrier and by whoever gives it a ticket at the gate, once.
 */
function oncePerTruck(picture: AreaPicture, near: readonly Near[]): Near[] {
  const counted = new Set(Array.from(picture.visits.values(), ({ plate }) => plate));
  return near
    .toSorted(
      ({ visit: one }, { visit: other }) => one.expectedAt - other.expectedAt || (one.visitId < other.visitId ? -1 : 1),
    )
    .filter(({ visit: { plate } }) => {
      const isNew = !counted.has(plate);
      counted.add(plate);
      return isNew;
    });
}

function rowOf(picture: AreaPicture, { visit, policy }: Near, now: number, search: CandidateSearch): ExpectedRow {
  const checks = usualSeconds(picture.usual, 'untilReady') * 1000;
  const found = search.for({
    flow: 'into_zone',
    zoneId: visit.zoneId,
    stationCode: visit.stationCode,
    licenceRequired: visit.licenceRequired,
    startsFrom: Math.max(now, stepMillis * Math.floor((visit.expectedAt + checks) / stepMillis)),
    policy,
    returnDriverIds: [],
    pool: picture.insidePools.get(visit.zoneId) ?? [],
    isNamed: false,
  });
  const { awaitedDriverSeconds } = weightsOf(policy.rules);
  const priority = priorityOf(picture, visit);
  return {
    visit,
    urgency: { priority, lateSeconds: 0, waitingSeconds: 0 },
    options: found.options,
    awaited: found.awaited.map((option) => asSure(option, awaitedDriverSeconds)),
    weightPercent: weightPercentOf(policy.rules, priority),
  };
}
