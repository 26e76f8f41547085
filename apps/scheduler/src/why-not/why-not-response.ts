import { Code, Codes, Instant, Nested, OneOf, Text, Uuid, WholeNumber } from '@yizhan/http';
import { AppliedPolicyResponse, CostPartsResponse, UrgencyResponse } from '../answers/decision-parts.js';
import { HelpfulChangeResponse } from '../answers/helpful-change-response.js';

class ConsideredResponse {
  @Code()
  readonly driverId: string;

  @WholeNumber({
    description: 'what speaks against him, in seconds of delay; the lowest sum over all waiting trucks is proposed',
  })
  readonly cost: number;

  @Nested(() => CostPartsResponse)
  readonly parts: CostPartsResponse;
}

class ReasonResponse {
  @Code({ description: 'the first rule that keeps these drivers away', example: 'licence' })
  readonly rule: string;

  @WholeNumber({ description: 'how many drivers it keeps away' })
  readonly drivers: number;

  @Codes({ description: 'the first of them' })
  readonly driverIds: readonly string[];

  @Instant({ optional: true, description: 'when time alone may free one of them' })
  readonly until?: string;
}

/** The newest decision on a handoff and what it rested on. */
export class WhyNotResponse {
  @Uuid()
  readonly handoffId: string;

  @Uuid()
  readonly visitId: string;

  @Code()
  readonly stationCode: string;

  @Uuid()
  readonly decisionId: string;

  @OneOf(['proposed', 'withheld'])
  readonly kind: 'proposed' | 'withheld';

  @Code({ optional: true, description: 'who was proposed' })
  readonly driverId?: string;

  @Instant()
  readonly decidedAt: string;

  @Text({ description: 'position of the last event that the scheduler had seen of the area', example: '4711' })
  readonly basedOnPosition: string;

  @WholeNumber()
  readonly epoch: number;

  @Nested(() => AppliedPolicyResponse, { optional: true })
  readonly policy?: AppliedPolicyResponse;

  @Nested(() => UrgencyResponse)
  readonly urgency: UrgencyResponse;

  @WholeNumber({ description: 'how many drivers may take it' })
  readonly eligible: number;

  @Nested(() => ConsideredResponse, { list: true, description: 'the cheapest of them' })
  readonly considered: readonly ConsideredResponse[];

  @Nested(() => ReasonResponse, { list: true })
  readonly reasons: readonly ReasonResponse[];

  @Nested(() => HelpfulChangeResponse, {
    list: true,
    description: 'as long as it waits without a driver: what would give it one now, the cheapest first',
  })
  readonly changes: readonly HelpfulChangeResponse[];
}
