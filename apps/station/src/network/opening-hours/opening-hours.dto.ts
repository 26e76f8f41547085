import { CalendarDay, Nested, TimeOfDay, WholeNumber } from '@yizhan/http';

export class OpenSpanField {
  @TimeOfDay({ example: '08:00' })
  readonly from: string;

  @TimeOfDay({ description: 'not later than `from`: of the next day', example: '18:00' })
  readonly until: string;
}

export class WeeklySpanField extends OpenSpanField {
  @WholeNumber({ min: 1, max: 7, description: '1 is Monday, 7 Sunday' })
  readonly weekday: number;
}

export class HoursOfDayField {
  @CalendarDay({ example: '2026-10-01' })
  readonly date: string;

  @Nested(() => OpenSpanField, { list: true, description: 'closed on that day where there are none' })
  readonly spans: readonly OpenSpanField[];
}

export class OpeningHoursField {
  @WholeNumber({ min: -840, max: 840, description: 'minutes that local time is ahead of UTC', example: 480 })
  readonly utcOffsetMinutes: number;

  @Nested(() => WeeklySpanField, { list: true, description: 'without any it is always open, but for the exceptions' })
  readonly weekly: readonly WeeklySpanField[];

  @Nested(() => HoursOfDayField, { list: true, description: 'days that go otherwise than the week does, each once' })
  readonly exceptions: readonly HoursOfDayField[];
}
