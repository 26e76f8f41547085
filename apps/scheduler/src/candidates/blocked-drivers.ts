import { eligibilityBlocks, type OverridableRule } from '@yizhan/policy';
import type { BlockRule } from '../matching/blocks.js';
import { lentOutFor } from '../matching/find-candidates.js';
import { needsFrom, planOf } from '../matching/plan-of-driver.js';
import type { Swap } from '../matching/swap.js';
import type { WaitingRow } from '../matching/waiting-rows.js';
import type { AreaPicture, DriverPicture, HandoffPicture } from '../picture/area-picture.js';
import { canBeTold } from '../rules/can-be-told.js';
import { isUnbound } from '../rules/driver-is-free.js';
import { reachesInTime, travelSeconds } from '../rules/reaches-in-time.js';
import { wasNotRefusedByDriver } from '../rules/was-not-refused-by-driver.js';
import { pausedByStationUntil } from '../rules/was-not-refused-by-station.js';

/** One rule that keeps a driver away. */
export interface DriverBlock {
  readonly rule: BlockRule;
  /** When time alone may help, epoch milliseconds. */
  readonly until?: number;
  /** What an operator may override, with a reason. */
  readonly overridable?: OverridableRule;
  /** `busy`: the handoff that he is assigned to. */
  readonly handoffId?: string;
  /** `lent`: the area that he is in, or about to go to. */
  readonly lentTo?: string;
  /** `busy`: the truck that he holds. */
  readonly plate?: string;
}

/** A driver who may not take the truck now. */
export interface BlockedDriver {
  readonly driverId: string;
  /** All of them, in the order in which rules are asked. */
  readonly blocks: readonly DriverBlock[];
}

/**
 * Everybody in the pool but those who may take the truck; those whom fewer rules keep away first, of them those whom an
 * override would help, then by id.
 */
export function blockedDrivers(
  picture: AreaPicture,
  swap: Swap,
  { handoff, options }: Pick<WaitingRow, 'handoff' | 'options'>,
  now: number,
): readonly BlockedDriver[] {
  const eligible = new Set(options.map(({ driver }) => driver));
  const blocked = swap.pool
    .filter((driver) => !eligible.has(driver))
    .map((driver) => ({ driverId: driver.driverId, blocks: blocksOf(picture, swap, handoff, driver, now) }))
    .filter(({ blocks }) => blocks.length > 0);
  // What has become of them elsewhere is not known here.
  const lent = lentOutFor(picture, swap).map(({ driverId, lentTo }) => ({ driverId, blocks: [lentBlock(lentTo)] }));
  return [...blocked, ...lent].toSorted(
    (one, other) =>
      one.blocks.length - other.blocks.length ||
      unhelped(one) - unhelped(other) ||
      (one.driverId < other.driverId ? -1 : 1),
  );
}

/** How many of his blocks nobody may override. */
const unhelped = ({ blocks }: BlockedDriver): number =>
  blocks.filter(({ overridable }) => overridable === undefined).length;

function blocksOf(
  picture: AreaPicture,
  swap: Swap,
  handoff: HandoffPicture,
  driver: DriverPicture,
  now: number,
): DriverBlock[] {
  const pausedUntil = pausedByStationUntil(handoff, driver.driverId, now);
  return [
    ...(driver.lentTo === undefined ? [] : [lentBlock(driver.lentTo)]),
    ...(isUnbound(driver) ? [] : [busy(driver)]),
    ...(canBeTold(picture, driver) ? [] : [{ rule: 'station_cut_off' as const }]),
    ...ruleBlocks(picture, swap, driver, now),
    ...(wasNotRefusedByDriver(handoff, driver.driverId) ? [] : [{ rule: 'declined_before' as const }]),
    ...(pausedUntil === undefined ? [] : [{ rule: 'refused_before' as const, until: pausedUntil }]),
  ];
}

/** None where he may start late enough for his hours and papers. */
function ruleBlocks(picture: AreaPicture, swap: Swap, driver: DriverPicture, now: number): DriverBlock[] {
  if (planOf(picture, swap, driver, now).rule === undefined) return [];
  const { rules } = swap.policy;
  const travel = travelSeconds(picture, rules, driver.atStationCode ?? driver.shift?.stationCode, swap.stationCode);
  const needs = needsFrom(swap, Math.max(swap.startsFrom, now + travel * 1000));
  const blocks: DriverBlock[] = eligibilityBlocks(rules, driver, needs);
  if (swap.isNamed || reachesInTime(rules, travel)) return blocks;
  const overridable = rules.overridable.includes('travel') ? { overridable: 'travel' as const } : {};
  return [...blocks, { rule: 'travel', ...overridable }];
}

const lentBlock = (lentTo: string): DriverBlock => ({ rule: 'lent', lentTo });

const busy = ({ liveHandoffId, holdsPlate }: DriverPicture): DriverBlock => ({
  rule: 'busy',
  ...(liveHandoffId === undefined ? {} : { handoffId: liveHandoffId }),
  ...(holdsPlate === undefined ? {} : { plate: holdsPlate }),
});
