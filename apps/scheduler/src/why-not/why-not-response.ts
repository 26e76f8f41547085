import { Code, Codes, Instant, Nested, OneOf, Text, Uuid, WholeNumber } from '@yizhan/http';

class AppliedPolicyResponse {
  @Code()
  readonly id: string;

  @Text()
  readonly version: string;
}

class UrgencyResponse {
  @WholeNumber({ max: 9, description: 'higher goes first' })
  readonly priority: number;

  @WholeNumber({ description: 'by how much the goods would come late if the truck went now' })
  readonly lateSeconds: number;

  @WholeNumber()
  readonly waitingSeconds: number;
}

class CostPartsResponse {
  @WholeNumber({ description: 'from when the truck could start to when it starts with him' })
  readonly delaySeconds: number;

  @WholeNumber({ description: 'licences that he holds beyond what the truck needs' })
  readonly spareLicences: number;

  @WholeNumber({ description: 'driven in the last 24 h' })
  readonly drivenMinutes: number;

  @WholeNumber({ description: 'assignments to this handoff that he let run out' })
  readonly unanswered: number;
}

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
}
