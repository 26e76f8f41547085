import { Code, Codes, Instant, Nested, OneOf, Uuid, WholeNumber } from '@yizhan/http';
import { AboutHandoffResponse, CostPartsResponse } from '../answers/decision-parts.js';
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
export class WhyNotResponse extends AboutHandoffResponse {
  @Uuid()
  readonly decisionId: string;

  @OneOf(['proposed', 'withheld'])
  readonly kind: 'proposed' | 'withheld';

  @Code({ optional: true, description: 'who was proposed' })
  readonly driverId?: string;

  @Instant()
  readonly decidedAt: string;

  @WholeNumber()
  readonly epoch: number;

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
