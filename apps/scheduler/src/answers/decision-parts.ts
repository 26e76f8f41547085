import { Code, Nested, Text, Uuid, WholeNumber } from '@yizhan/http';

/** The rules by which it was decided. */
export class AppliedPolicyResponse {
  @Code()
  readonly id: string;

  @Text()
  readonly version: string;
}

/** Why one handoff goes before another. */
export class UrgencyResponse {
  @WholeNumber({ max: 9, description: 'higher goes first' })
  readonly priority: number;

  @WholeNumber({ description: 'by how much the goods would come late if the truck went now' })
  readonly lateSeconds: number;

  @WholeNumber()
  readonly waitingSeconds: number;

  @WholeNumber({
    optional: true,
    min: Number.MIN_SAFE_INTEGER,
    description:
      'where a line is at risk that waits for its goods: for how much longer it may wait; below 0 is too late',
  })
  readonly lineSlackSeconds?: number;
}

/** What speaks against a driver. */
export class CostPartsResponse {
  @WholeNumber({ description: 'from when the truck could start to when it starts with him' })
  readonly delaySeconds: number;

  @WholeNumber({ description: 'to the station, without a truck' })
  readonly travelMinutes: number;

  @WholeNumber({ description: 'licences that he holds beyond what the truck needs' })
  readonly spareLicences: number;

  @WholeNumber({ description: 'driven in the last 24 h' })
  readonly drivenMinutes: number;

  @WholeNumber({ description: 'of his shift, when he is back' })
  readonly shiftLeftMinutes: number;

  @WholeNumber({ description: 'assignments to this handoff that he let run out' })
  readonly unanswered: number;
}

/** What every answer about a handoff says. */
export class AboutHandoffResponse {
  @Uuid()
  readonly handoffId: string;

  @Uuid()
  readonly visitId: string;

  @Code()
  readonly stationCode: string;

  @Text({ description: 'position of the last event that the scheduler had seen of the area', example: '4711' })
  readonly basedOnPosition: string;

  @Nested(() => AppliedPolicyResponse, { optional: true })
  readonly policy?: AppliedPolicyResponse;

  @Nested(() => UrgencyResponse)
  readonly urgency: UrgencyResponse;

  @WholeNumber({ description: 'how many drivers may take it' })
  readonly eligible: number;
}
