import type { PolicyRules } from '@yizhan/policy';
import { slackOfTrucks } from '../line-stops/line-stops.js';
import { type AreaPicture, type HandoffPicture, policyInForce } from '../picture/area-picture.js';
import { returnDriverIds, returnPool } from '../rules/is-named-for-return.js';
import { wasNotRefusedByDriver } from '../rules/was-not-refused-by-driver.js';
import { pausedByStationUntil } from '../rules/was-not-refused-by-station.js';
import { type BlockRule, Blocks } from './blocks.js';
import { costsOf, weightPercentOf } from './costs.js';
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
  /** By how much its seconds count more than those of a truck without priority, in percent. */
  readonly weightPercent: number;
  readonly blocks: Blocks;
}

/** Every handoff without driver and without open proposal, most urgent first. */
export function waitingRows(
  picture: AreaPicture,
  now: number,
  search = new CandidateSearch(picture, now),
): WaitingRow[] {
  const open = [...picture.waiting.values()].filter(({ offer }) => !offer || offer.expiresAt <= now);
  return rowsOf(picture, open, now, search);
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
      return { handoff, urgency, policy, options: [], awaited: [], weightPercent: 100, blocks };
    }
    const swap = swapOf(picture, handoff, policy, now);
    const weightPercent = weightPercentOf(policy.rules, urgency.priority);
    return { handoff, urgency, policy, weightPercent, ...ownOptions(handoff, policy.rules, search.for(swap), now) };
  });
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
  const awaited = candidates.awaited.filter(
    ({ driver: { driverId } }) =>
      wasNotRefusedByDriver(handoff, driverId) && pausedByStationUntil(handoff, driverId, now) === undefined,
  );
  return { options, awaited, blocks };
}
