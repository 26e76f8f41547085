import { Code, Nested, Text, Uuid, WholeNumber } from '@yizhan/http';

class PlanChangeResponse {
  @Uuid()
  readonly handoffId: string;

  @Text()
  readonly plate: string;

  @Code()
  readonly stationCode: string;

  @Code({ optional: true, description: 'the driver whom it has in the plan as it is' })
  readonly before?: string;

  @Code({ optional: true, description: 'the driver whom it would have' })
  readonly after?: string;
}

/** How two plans for the trucks that wait now differ. */
export class PlanDifferenceResponse {
  @WholeNumber({ description: 'trucks that wait for a driver' })
  readonly waiting: number;

  @WholeNumber({ description: 'how many of them have one in the plan as it is' })
  readonly servedBefore: number;

  @WholeNumber()
  readonly servedAfter: number;

  @WholeNumber({ description: 'seconds from when they could start to when they start, together' })
  readonly delayBefore: number;

  @WholeNumber()
  readonly delayAfter: number;

  @Nested(() => PlanChangeResponse, { list: true, description: 'trucks that would have another driver, or none' })
  readonly changes: readonly PlanChangeResponse[];
}

/** What an act would do to the trucks that wait in an area. */
export class PlanEffectResponse extends PlanDifferenceResponse {
  @WholeNumber({ description: 'trucks that would start later, or have no driver any more' })
  readonly waitLonger: number;

  @WholeNumber({ description: 'trucks that would start earlier, or have a driver at last' })
  readonly waitShorter: number;

  @WholeNumber({ description: 'announced trucks for which a driver is kept in the plan as it is' })
  readonly announcedBefore: number;

  @WholeNumber()
  readonly announcedAfter: number;
}
