import { CalendarDay, Nested, Uuid, WholeNumber } from '@yizhan/http';

export class UsageOfDayResponse {
  @CalendarDay({ description: 'in China' })
  readonly day: string;

  @WholeNumber({ description: 'deliveries that were taken on that day' })
  readonly delivered: number;

  @WholeNumber({ description: 'deliveries that were given up on that day' })
  readonly failed: number;

  @WholeNumber({ description: 'of the 20 newest that are kept of each delivery' })
  readonly attempts: number;

  @WholeNumber({ description: 'of these, those that were not taken' })
  readonly failedAttempts: number;
}

export class UsageResponse {
  @Uuid()
  readonly subscriptionId: string;

  @Nested(() => UsageOfDayResponse, { list: true, description: 'the last 14 days, the newest first' })
  readonly days: readonly UsageOfDayResponse[];
}
