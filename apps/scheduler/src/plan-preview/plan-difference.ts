import type { Contest } from '../candidates/contest.js';
import type { Plan } from '../matching/assign-drivers.js';
import type { HandoffPicture } from '../picture/area-picture.js';

/** A handoff that would have another driver, one instead of none, or none. */
export interface PlanChange {
  readonly handoffId: string;
  readonly plate: string;
  readonly stationCode: string;
  readonly before?: string;
  readonly after?: string;
}

/** What something would do to the plan for the handoffs that wait now. */
export interface PlanDifference {
  /** Handoffs that wait, and how many of them have a driver in either plan. */
  readonly waiting: number;
  readonly servedBefore: number;
  readonly servedAfter: number;
  /** Seconds from when trucks could start to when they start with their drivers. */
  readonly delayBefore: number;
  readonly delayAfter: number;
  /** Most urgent first. */
  readonly changes: readonly PlanChange[];
}

/** What an act would do to the trucks that wait in an area. */
export interface PlanEffect extends PlanDifference {
  /** Trucks that would start later or have no driver, and trucks that would start earlier or have one. */
  readonly waitLonger: number;
  readonly waitShorter: number;
  /** Announced trucks for which a driver is kept in either plan. */
  readonly announcedBefore: number;
  readonly announcedAfter: number;
}

/** How two plans for the same handoffs differ, with how many wait longer and how many less. */
export function planEffect(before: Contest, after: Contest): PlanEffect {
  return {
    ...planDifference(before, after),
    ...waits(before, after),
    announcedBefore: announced(before),
    announcedAfter: announced(after),
  };
}

/** How two plans for the same handoffs differ: of those that are counted. */
export function planDifference(
  before: Contest,
  after: Contest,
  counts: (handoff: HandoffPicture) => boolean = () => true,
): PlanDifference {
  const [waiting, waitingAfter] = [before, after].map((contest) => placesOf(contest, counts));
  return {
    waiting: waiting.length,
    servedBefore: served(before, waiting),
    servedAfter: served(after, waitingAfter),
    delayBefore: delay(before, waiting),
    delayAfter: delay(after, waitingAfter),
    changes: waiting.flatMap((index) => changeOf(before, after, index) ?? []),
  };
}

function waits(before: Contest, after: Contest): Pick<PlanEffect, 'waitLonger' | 'waitShorter'> {
  let [waitLonger, waitShorter] = [0, 0];
  before.rows.forEach((row, index) => {
    if (!('handoff' in row)) return;
    const one = before.plan[index]?.plannedStartAt ?? Infinity;
    const other = choiceFor(after, row.handoff.handoffId)?.plannedStartAt ?? Infinity;
    if (other > one) waitLonger += 1;
    else if (other < one) waitShorter += 1;
  });
  return { waitLonger, waitShorter };
}

const announced = ({ rows, plan }: Contest): number =>
  rows.filter((row, index) => 'visit' in row && plan[index] !== undefined).length;

const choiceFor = (contest: Contest, handoffId: string): Plan[number] => contest.plan[contest.indexOf(handoffId)];

const placesOf = ({ rows }: Contest, counts: (handoff: HandoffPicture) => boolean): readonly number[] =>
  rows.flatMap((row, index) => ('handoff' in row && counts(row.handoff) ? [index] : []));

const served = ({ plan }: Contest, rows: readonly number[]): number => rows.filter((row) => plan[row]).length;

const delay = ({ plan }: Contest, rows: readonly number[]): number =>
  rows.reduce((sum, row) => sum + (plan[row]?.parts.delaySeconds ?? 0), 0);

function changeOf(before: Contest, after: Contest, index: number): PlanChange | undefined {
  const row = before.rows[index];
  if (!('handoff' in row)) return undefined;
  const { handoffId, visit } = row.handoff;
  const [one, other] = [before.plan[index]?.driver.driverId, choiceFor(after, handoffId)?.driver.driverId];
  if (one === other) return undefined;
  return {
    handoffId,
    plate: visit.plate,
    stationCode: visit.stationCode,
    ...(one === undefined ? {} : { before: one }),
    ...(other === undefined ? {} : { after: other }),
  };
}
