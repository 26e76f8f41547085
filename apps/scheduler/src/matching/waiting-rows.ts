import { type PolicyRules, weightsOf } from '@yizhan/policy';
import { slackOfTrucks } from '../line-stops/line-stops.js';
import { type AreaPicture, type HandoffPicture, policyInForce } from '../picture/area-picture.js';
import { returnDriverIds, returnPool } from '../rules/is-named-for-return.js';
import { wasNotRefusedByDriver } from '../rules/was-not-refused-by-driver.js';
import { pausedByStationUntil } from '../rules/was-not-refused-by-station.js';
import { weighedCost } from './assign-drivers.js';
import { type BlockRule, Blocks } from './blocks.js';
import type { Changeable } from './changeable.js';
import { costsOf, waitingLonger, weightPercentOf } from './costs.js';
import { type Candidates, CandidateSearch, type Option } from './find-candidates.js';
import type { Swap } from './swap.js';
import { byUrgency, type Urgency, urgencyOf } from './urgency.js';

/** A handoff that waits for a driver, who may take it, and what keeps the others away. */
export interface WaitingRow {
  readonly handoff: HandoffPicture;
  readonly urgency: Urgency;
  readonly policy: Swap['policy'] | undefined;
  readonly options: readonly Option[];
  /** Who is expected to be free soon, and may take it then. */
  readonly awaited: readonly Option[];
  /** Who is on his way to another truck, and may take it instead. */
  readonly changeable: readonly Option[];
  /** It has a driver, who may be given to a more urgent one: it has a place in the plan, and nothing is proposed for it. */
  readonly held?: Option;
  /** By how much its seconds count more than those of a truck without priority, in percent. */
  readonly weightPercent: number;
  readonly blocks: Blocks;
}

/** Every handoff without driver and without open proposal, and those whose driver may be given to them, most urgent first. */
export function waitingRows(
  picture: AreaPicture,
  now: number,
  search = new CandidateSearch(picture, now),
): WaitingRow[] {
  const open = [...picture.waiting.values()].filter(({ offer }) => !offer || offer.expiresAt <= now);
  if (open.length === 0) return [];
  return rowsOf(picture, [...open, ...Array.from(search.changeable.values(), ({ handoff }) => handoff)], now, search);
}

/** As `waitingRows`, as if nobody had been proposed yet: who competes with whom. */
export function contestedRows(picture: AreaPicture, now: number, search: CandidateSearch): WaitingRow[] {
  return rowsOf(picture, [...picture.waiting.values()], now, search);
}

function rowsOf(
  picture: AreaPicture,
  handoffs: readonly HandoffPicture[],
  now: number,
  search: CandidateSearch,
): WaitingRow[] {
  const slack = slackOfTrucks(picture, now);
  const open = handoffs
    .map((handoff) => ({ handoff, urgency: urgencyOf(picture, handoff, now, slack.get(handoff.visit)) }))
    .toSorted(byUrgency);
  return open.map(({ handoff, urgency }) => {
    const policy = policyInForce(picture, handoff.visit.zoneId);
    const standing = standingBlock(picture, handoff);
    if (standing || !policy) {
      const blocks = Blocks.of(standing ?? 'policy_not_published');
      return { handoff, urgency, policy, options: [], awaited: [], changeable: [], weightPercent: 100, blocks };
    }
    const swap = swapOf(picture, handoff, policy, now);
    const weightPercent = weightPercentOf(policy.rules, urgency.priority);
    const found = ownOptions(handoff, policy.rules, search.for(swap), now);
    const row = { handoff, urgency, policy, weightPercent, ...found };
    const driver = picture.drivers.get(handoff.assignedDriverId ?? '');
    const assignment = driver && search.changeable.get(driver);
    return assignment ? heldRow(row, assignment, weightsOf(policy.rules).switchSeconds, now) : row;
  });
}

/** As it is with its driver, and with another one: never better by itself, so that its driver goes only where he is needed. */
function heldRow(row: WaitingRow, assignment: Changeable, switchSeconds: number, now: number): WaitingRow {
  const held = asCommitted(row, assignment, switchSeconds, now);
  const dearer = (other: Option): Option => {
    const least = Math.floor((weighedCost(row, held) - other.costs.worth * 100) / row.weightPercent) + 1;
    const longer = Math.max(switchSeconds, least - other.costs.wait);
    return { ...other, costs: waitingLonger(other.costs, longer) };
  };
  const { options, awaited } = row;
  return { ...row, options: [held, ...options.map(dearer)], awaited: awaited.map(dearer), changeable: [], held };
}

/** With the driver whom it has; what else speaks against him is unknown where he could not be planned now. */
function asCommitted(
  row: WaitingRow,
  { driver, handoff, startsAt }: Changeable,
  switchSeconds: number,
  now: number,
): Option {
  const own = row.changeable.find((option) => option.driver === driver);
  if (own) return { ...own, releases: undefined, costs: waitingLonger(own.costs, -switchSeconds) };
  const delaySeconds = Math.ceil((startsAt - Math.max(now, handoff.readyAt)) / 1000);
  const parts = {
    delaySeconds,
    travelMinutes: 0,
    spareLicences: 0,
    drivenMinutes: 0,
    shiftLeftMinutes: 0,
    unanswered: 0,
  };
  const costs = waitingLonger({ wait: 0, worth: 0 }, delaySeconds);
  return { driver, plannedStartAt: startsAt, plannedReturnAt: undefined, parts, costs };
}

/** What keeps every driver away, whoever he is. */
export function standingBlock(picture: AreaPicture, { visit }: HandoffPicture): BlockRule | undefined {
  const { state = 'open', isCutOff = false } = picture.stations.get(visit.stationCode) ?? {};
  if (state !== 'open') return `station_${state}`;
  if (isCutOff) return 'station_cut_off';
  return visit.held ? 'cargo_held' : undefined;
}

/** What the handoff asks of a driver, and who is asked. */
export function swapOf(picture: AreaPicture, handoff: HandoffPicture, policy: Swap['policy'], now: number): Swap {
  const { visit, licenceRequired } = handoff;
  const common = {
    zoneId: visit.zoneId,
    stationCode: visit.stationCode,
    licenceRequired,
    startsFrom: Math.max(now, handoff.readyAt),
    policy,
  };
  if (visit.flow === 'into_zone') {
    const pool = picture.insidePools.get(visit.zoneId) ?? [];
    return { ...common, flow: 'into_zone', returnDriverIds: [], pool, isNamed: false };
  }
  const { drivers, isNamed } = returnPool(picture, handoff);
  return {
    ...common,
    flow: 'out_of_zone',
    carrierId: visit.carrierId,
    returnDriverIds: returnDriverIds(picture, handoff),
    pool: drivers,
    isNamed,
  };
}

/** The candidates without those who are not asked for this very handoff, and dearer where they did not answer. */
function ownOptions(handoff: HandoffPicture, rules: PolicyRules, candidates: Candidates, now: number): Candidates {
  if (handoff.declinedBy.size + handoff.refusals.size + handoff.unanswered.size === 0) return candidates;
  const blocks = candidates.blocks.copy();
  const options = candidates.options.flatMap((option) => {
    const { driverId } = option.driver;
    if (!wasNotRefusedByDriver(handoff, driverId)) {
      blocks.add('declined_before', driverId);
      return [];
    }
    const pausedUntil = pausedByStationUntil(handoff, driverId, now);
    if (pausedUntil !== undefined) {
      blocks.add('refused_before', driverId, pausedUntil);
      return [];
    }
    const unanswered = handoff.unanswered.get(driverId) ?? 0;
    if (unanswered === 0) return [option];
    const parts = { ...option.parts, unanswered };
    return [{ ...option, parts, costs: costsOf(rules, parts) }];
  });
  const changeable = candidates.changeable.filter(isAsked);
  return { options, awaited: candidates.awaited.filter(isAsked), changeable, blocks };

  function isAsked({ driver: { driverId } }: Option): boolean {
    return wasNotRefusedByDriver(handoff, driverId) && pausedByStationUntil(handoff, driverId, now) === undefined;
  }
}
