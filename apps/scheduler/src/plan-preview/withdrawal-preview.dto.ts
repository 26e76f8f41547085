import { Code, Instant, Text, Uuid } from '@yizhan/http';

/** Whom the scheduler would choose for a truck whose driver is withdrawn. */
export class WithdrawalPreviewResponse {
  @Uuid()
  readonly handoffId: string;

  @Code()
  readonly stationCode: string;

  @Instant()
  readonly at: string;

  @Text({ description: 'position of the last event that the scheduler had seen of the area', example: '4711' })
  readonly basedOnPosition: string;

  @Code({ description: 'who is assigned now' })
  readonly driverId: string;

  @Code({
    optional: true,
    description: 'who would be proposed next, which may be the same one; absent where nobody could come',
  })
  readonly nextDriverId?: string;

  @Instant({ optional: true, description: 'when the truck would start with him' })
  readonly plannedStartAt?: string;
}
