import type { OverridableRule } from '@yizhan/policy';
import { cheapestFor } from '../matching/assign-drivers.js';
import type { Option } from '../matching/find-candidates.js';
import type { BlockRule } from '../matching/blocks.js';
import type { BlockedDriver, DriverBlock } from './blocked-drivers.js';
import type { Contest, Effect } from './contest.js';

/** The kinds of changes, the cheapest first: what costs minutes before what costs others something, and that before what takes days. */
export const changeKinds = [
  'resume_station',
  'reconnect_station',
  'release_cargo',
  'publish_policy',
  'end_throttle',
  'wait_briefly',
  'take_over',
  'start_shift',
  'override',
  'ask_again',
  'wait',
  'free_driver',
  'end_loan',
  'take_over_at_a_cost',
  'renew_credential',
  'name_return_driver',
  'bring_driver',
] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** One thing that would give a handoff a driver. */
export interface HelpfulChange {
  readonly kind: ChangeKind;
  readonly driverId?: string;
  /** `wait_briefly`, `wait`, `end_throttle`: until when it waits otherwise, epoch milliseconds. */
  readonly until?: number;
  /** `override`: what an operator names, with a reason. */
  readonly rule?: OverridableRule;
  /** The handoff that has the driver, or would have. */
  readonly handoffId?: string;
  /** `free_driver`: the truck that he holds. */
  readonly plate?: string;
  /** `end_loan`: the area that he is lent to. */
  readonly areaCode?: string;
  /** `take_over`, `take_over_at_a_cost`: what it does to the others. */
  readonly effect?: Effect;
  /** `bring_driver`: of this licence. */
  readonly licence?: string;
}

export interface Asked {
  readonly now: number;
  readonly flow: 'into_zone' | 'out_of_zone';
  readonly licenceRequired: string;
  /** What keeps every driver away, whoever he is, and from when on time alone may help. */
  readonly standing: BlockRule | undefined;
  readonly standsUntil?: number | undefined;
}

const brieflyMillis = 900_000;
const toldAtMost = 5;
/** As many rivals are asked for what it would do to them. */
const rivalsAtMost = 5;

const ofStanding: Partial<Record<BlockRule, ChangeKind>> = {
  station_suspended: 'resume_station',
  station_closed: 'resume_station',
  station_cut_off: 'reconnect_station',
  cargo_held: 'release_cargo',
  policy_not_published: 'publish_policy',
  lane_throttled: 'end_throttle',
};

/** What would give a handoff without driver one, the cheapest first. */
export function changesThatHelp(
  asked: Asked,
  contest: Contest,
  index: number,
  blocked: readonly BlockedDriver[],
): readonly HelpfulChange[] {
  const kind = asked.standing && ofStanding[asked.standing];
  if (kind) return [{ kind, ...(asked.standsUntil !== undefined && { until: asked.standsUntil }) }];
  const changes = [
    ...waitForAwaited(contest.plan[index], asked.now),
    ...takeOvers(contest, index),
    ...blocked.flatMap(({ driverId, blocks: [block, ...others] }) =>
      block && others.length === 0 ? ofBlock(driverId, block, asked.now) : [],
    ),
  ];
  if (changes.length > 0) return changes.toSorted(byCost).slice(0, toldAtMost);
  return asked.flow === 'out_of_zone'
    ? [{ kind: 'name_return_driver' }]
    : [{ kind: 'bring_driver', licence: asked.licenceRequired }];
}

/** The plan counts on somebody who is not free yet. */
function waitForAwaited(planned: Option | undefined, now: number): HelpfulChange[] {
  if (planned?.awaitedUntil === undefined) return [];
  return [waitUntil(planned.awaitedUntil, planned.driver.driverId, now)];
}

function waitUntil(until: number, driverId: string, now: number): HelpfulChange {
  return { kind: until - now <= brieflyMillis ? 'wait_briefly' : 'wait', driverId, until };
}

/** Drivers who may take it, and whom the plan gives to others or keeps. */
function takeOvers(contest: Contest, index: number): HelpfulChange[] {
  const row = contest.rows[index];
  return cheapestFor(row, row.options, rivalsAtMost).map((option) => {
    const effect = contest.effectOf(index, option);
    const handoffId = contest.rivalFor(option.driver);
    return {
      kind: effect.unserved.length + effect.unkept.length === 0 ? 'take_over' : 'take_over_at_a_cost',
      driverId: option.driver.driverId,
      ...(handoffId === undefined ? {} : { handoffId }),
      effect,
    };
  });
}

/** What would lift the one rule that keeps a driver away. */
function ofBlock(driverId: string, block: DriverBlock, now: number): HelpfulChange[] {
  const { rule, until, overridable, handoffId, plate, lentTo } = block;
  const changes: HelpfulChange[] = [];
  if (until !== undefined) changes.push(waitUntil(until, driverId, now));
  if (rule === 'shift') changes.push({ kind: 'start_shift', driverId });
  else if (overridable) changes.push({ kind: 'override', driverId, rule: overridable });
  if (rule === 'station_cut_off') changes.push({ kind: 'reconnect_station', driverId });
  if (rule === 'lent')
    changes.push({ kind: 'end_loan', driverId, ...(lentTo === undefined ? {} : { areaCode: lentTo }) });
  if (rule === 'credentials') changes.push({ kind: 'renew_credential', driverId });
  if (rule === 'declined_before') changes.push({ kind: 'ask_again', driverId });
  if (rule === 'busy')
    changes.push({
      kind: 'free_driver',
      driverId,
      ...(handoffId === undefined ? {} : { handoffId }),
      ...(plate === undefined ? {} : { plate }),
    });
  return changes;
}

function byCost(one: HelpfulChange, other: HelpfulChange): number {
  return (
    changeKinds.indexOf(one.kind) - changeKinds.indexOf(other.kind) ||
    (one.until ?? 0) - (other.until ?? 0) ||
    (one.effect?.extraCost ?? 0) - (other.effect?.extraCost ?? 0) ||
    ((one.driverId ?? '') < (other.driverId ?? '') ? -1 : 1)
  );
}
