import { isOnLane, type Lane, nextPassAt, throttleExemptFrom, throttleWindowMillis } from '@yizhan/policy';
import { type AreaPicture, policyInForce, type ThrottlePicture } from '../picture/area-picture.js';
import { assignedLately } from '../picture/fold-throttles.js';
import { assignDrivers, type Plan } from './assign-drivers.js';
import { Blocks } from './blocks.js';
import type { ExpectedRow } from './expected-rows.js';
import type { WaitingRow } from './waiting-rows.js';

type Row = WaitingRow | ExpectedRow;

/** How many more trucks of a throttled lane may get a driver now. */
export interface LaneRoom {
  readonly lane: Lane;
  /** 0 or less: none. */
  readonly free: number;
  /** When there is room for one more once that is taken, epoch milliseconds; unknown where it depends on a person. */
  readonly freeAt: number | undefined;
}

/** A plan within what throttled lanes let pass: rows that had no place in it say so, and have no options. */
export interface PlanWithin {
  readonly rows: readonly Row[];
  readonly plan: Plan;
}

/**
 * The room of each throttled lane. Trucks that have got a driver within the hour count, and those for whom one is proposed.
 * @param countsProposed false as if nobody had been proposed yet
 */
export function laneRooms(picture: AreaPicture, now: number, countsProposed = true): LaneRoom[] {
  const inForce = [...picture.throttles.values()].filter(({ endsAt = Infinity }) => endsAt > now);
  return inForce.map((throttle) => roomOf(picture, throttle, now, countsProposed));
}

function roomOf(picture: AreaPicture, throttle: ThrottlePicture, now: number, countsProposed: boolean): LaneRoom {
  const { trucksPerHour, endsAt = Infinity } = throttle;
  const recent = assignedOn(picture, throttle, now).filter((at) => at > now - throttleWindowMillis);
  const proposed = [...picture.waiting.values()].filter(
    ({ offer, visit }) => countsProposed && offer && offer.expiresAt > now && isOnLane(throttle, visit),
  );
  const room = Math.max(0, trucksPerHour - recent.length);
  const taken = [...recent, ...Array.from({ length: room }, () => now)];
  const freeAt = Math.min(nextPassAt(taken, trucksPerHour, now) ?? Infinity, endsAt);
  return {
    lane: throttle,
    free: trucksPerHour - recent.length - proposed.length,
    freeAt: freeAt < Infinity ? freeAt : undefined,
  };
}

/** When trucks of a lane got the drivers whom they have, or with whom they have gone on; of the last day. */
export function assignedOn(picture: AreaPicture, lane: Lane, now: number): number[] {
  return assignedLately(picture, now, (truck) => isOnLane(lane, truck));
}

/**
 * The cheapest plan in which no throttled lane gives more trucks a driver than it has room for: the most urgent of those who could start
 * go first, then who waits for a driver that comes back, then who is still expected. Room that a truck cannot use, as nobody is there for
 * it, is the next one's. Rows come most urgent first.
 */
export function planWithin(picture: AreaPicture, rows: readonly Row[], rooms: readonly LaneRoom[]): PlanWithin {
  if (rooms.length === 0) return { rows, plan: assignDrivers(rows) };
  let within = rows.map((row) =>
    heldBack(
      row,
      roomsOf(picture, row, rooms).filter(({ free }) => free <= 0),
    ),
  );
  for (;;) {
    const plan = assignDrivers(within);
    const beyond = beyondRoom(picture, within, plan, rooms);
    if (beyond.size === 0) return { rows: within, plan };
    within = within.map((row, index) => heldBack(row, beyond.get(index) ?? []));
  }
}

/** Places of rows that have somebody in the plan and no room on their lane, with the rooms that more urgent ones leave full. */
function beyondRoom(
  picture: AreaPicture,
  rows: readonly Row[],
  plan: Plan,
  rooms: readonly LaneRoom[],
): Map<number, readonly LaneRoom[]> {
  const left = new Map(rooms.map((room) => [room, room.free]));
  const beyond = new Map<number, readonly LaneRoom[]>();
  const planned = [...rows.keys()].filter((index) => plan[index]).toSorted((one, other) => rank(one) - rank(other));
  for (const index of planned) {
    const asked = roomsOn(rows[index], rooms);
    const full = asked.filter((room) => (left.get(room) ?? 0) <= 0);
    if (full.length > 0 && !isExempt(picture, rows[index])) beyond.set(index, full);
    else if (!('handoff' in rows[index] && rows[index].held))
      for (const room of asked) left.set(room, (left.get(room) ?? 0) - 1);
  }
  return beyond;

  function rank(index: number): number {
    if (!('handoff' in rows[index])) return 2;
    return plan[index]?.awaitedUntil === undefined ? 0 : 1;
  }
}

/** The rooms that a row needs; none where the policy lets its truck pass. */
function roomsOf(picture: AreaPicture, row: Row, rooms: readonly LaneRoom[]): readonly LaneRoom[] {
  return isExempt(picture, row) ? [] : roomsOn(row, rooms);
}

const roomsOn = (row: Row, rooms: readonly LaneRoom[]): LaneRoom[] =>
  rooms.filter(({ lane }) => isOnLane(lane, visitOf(row)));

/** By the priority that the visit has: the station knows no other one. Whoever has a driver has passed. */
function isExempt(picture: AreaPicture, row: Row): boolean {
  if ('handoff' in row && row.held) return true;
  const { zoneId, priority } = visitOf(row);
  const policy = policyInForce(picture, zoneId);
  return policy !== undefined && priority >= throttleExemptFrom(policy.rules);
}

const visitOf = (row: Row) => ('handoff' in row ? row.handoff.visit : row.visit);

const isWithoutAny = (row: Row): boolean =>
  row.options.length === 0 && row.awaited.length === 0 && ('visit' in row || row.changeable.length === 0);

/**
 * The row without anybody where lanes that it needs are full, until the last of them has room; unknown where that of any is. What keeps it
 * away anyhow is said alone.
 */
function heldBack<R extends Row>(row: R, full: readonly LaneRoom[]): R {
  if (full.length === 0 || isWithoutAny(row)) return row;
  const without = { ...row, options: [], awaited: [], changeable: [] };
  if (!('handoff' in row)) return without;
  const until = Math.max(...full.map(({ freeAt }) => freeAt ?? Infinity));
  return { ...without, blocks: Blocks.of('lane_throttled', until < Infinity ? until : undefined) };
}
