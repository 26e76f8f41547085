import { Code, Flag, Instant, Nested, OneOf, Text, Uuid, WholeNumber } from '@yizhan/http';
import { toIso } from '@yizhan/kernel';
import { AboutHandoffResponse, CostPartsResponse } from '../answers/decision-parts.js';
import { changeResponse, EffectResponse, HelpfulChangeResponse } from '../answers/helpful-change-response.js';
import { type BlockRule, blockRules } from '../matching/blocks.js';
import type { BlockedDriver } from './blocked-drivers.js';
import type { Candidate, RankedCandidates } from './rank-candidates.js';

class CandidateResponse {
  @Code()
  readonly driverId: string;

  @WholeNumber({ description: 'what speaks against him, in seconds of delay' })
  readonly cost: number;

  @Nested(() => CostPartsResponse)
  readonly parts: CostPartsResponse;

  @Instant()
  readonly plannedStartAt: string;

  @Instant({ optional: true, description: 'into the zone' })
  readonly plannedReturnAt?: string;

  @Flag({ description: 'the scheduler would choose him' })
  readonly isPlanned: boolean;

  @Nested(() => EffectResponse, { description: 'what it does to the others if he is chosen' })
  readonly effect: EffectResponse;
}

class DriverBlockResponse {
  @OneOf(blockRules)
  readonly rule: BlockRule;

  @Instant({ optional: true, description: 'when time alone may help' })
  readonly until?: string;

  @Code({ optional: true, description: 'what an operator may override, with a reason', example: 'shift' })
  readonly overridable?: string;

  @Uuid({ optional: true, description: 'busy: the handoff that he is assigned to' })
  readonly handoffId?: string;

  @Text({ optional: true, description: 'busy: the truck that he holds' })
  readonly plate?: string;

  @Code({ optional: true, description: 'lent: the area that he is in, or about to go to' })
  readonly lentTo?: string;
}

class BlockedDriverResponse {
  @Code()
  readonly driverId: string;

  @Nested(() => DriverBlockResponse, { list: true, description: 'all of them, in the order in which rules are asked' })
  readonly blocks: readonly DriverBlockResponse[];
}

/** Who could take the truck of a handoff, ranked, and what keeps the others away. */
export class CandidatesResponse extends AboutHandoffResponse {
  @OneOf(['into_zone', 'out_of_zone'])
  readonly flow: 'into_zone' | 'out_of_zone';

  @Instant()
  readonly at: string;

  @Nested(() => CandidateResponse, { list: true, description: 'the cheapest 20 of them, the cheapest first' })
  readonly candidates: readonly CandidateResponse[];

  @WholeNumber({ description: 'how many drivers may not' })
  readonly blockedCount: number;

  @Nested(() => BlockedDriverResponse, { list: true, description: '20 of them, whom fewer rules keep away first' })
  readonly blocked: readonly BlockedDriverResponse[];

  @Nested(() => HelpfulChangeResponse, {
    list: true,
    description: 'where the plan has no driver for it: what would give it one, the cheapest first',
  })
  readonly changes: readonly HelpfulChangeResponse[];
}

export function candidatesResponse(ranked: Omit<RankedCandidates, 'areaCode'>): CandidatesResponse {
  const { at, basedOnPosition, policy, ...same } = ranked;
  return {
    ...same,
    at: toIso(at),
    basedOnPosition: String(basedOnPosition),
    ...(policy === undefined ? {} : { policy }),
    candidates: ranked.candidates.map(candidateResponse),
    blocked: ranked.blocked.map(blockedResponse),
    changes: ranked.changes.map(changeResponse),
  };
}

function candidateResponse({ plannedStartAt, plannedReturnAt, ...same }: Candidate): CandidateResponse {
  return {
    ...same,
    plannedStartAt: toIso(plannedStartAt),
    ...(plannedReturnAt === undefined ? {} : { plannedReturnAt: toIso(plannedReturnAt) }),
  };
}

const blockedResponse = ({ driverId, blocks }: BlockedDriver): BlockedDriverResponse => ({
  driverId,
  blocks: blocks.map(({ until, ...block }) => (until === undefined ? block : { ...block, until: toIso(until) })),
});
