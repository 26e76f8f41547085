import type { OpeningHours, OpenSpan } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';

const minute = 60_000;
const day = 1_440 * minute;

/** Whether a station is open by its hours at an instant; one without hours always is. */
export function isOpenAt(hours: OpeningHours | null, at: number): boolean {
  if (!hours) return true;
  const local = at + hours.utcOffsetMinutes * minute;
  const minuteOfDay = Math.floor((local - startOfDay(local)) / minute);
  const today = spansOf(hours, local);
  if (today === 'always') return true;
  return (
    today.some(
      (span) => minuteOfDay >= minutesOf(span.from) && (runsOver(span) || minuteOfDay < minutesOf(span.until)),
    ) || reachesInto(hours, local, minuteOfDay)
  );
}

/** A span of the evening before may run on after midnight. */
function reachesInto(hours: OpeningHours, local: number, minuteOfDay: number): boolean {
  const yesterday = spansOf(hours, local - day);
  if (yesterday === 'always') return false;
  return yesterday.some((span) => runsOver(span) && minuteOfDay < minutesOf(span.until));
}

function spansOf({ weekly, exceptions }: OpeningHours, local: number): readonly OpenSpan[] | 'always' {
  const date = toIso(startOfDay(local)).slice(0, 10);
  const exception = exceptions.find((each) => each.date === date);
  if (exception) return exception.spans;
  if (weekly.length === 0) return 'always';
  const weekday = weekdayOf(local);
  return weekly.filter((span) => span.weekday === weekday);
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (local: number): number => ((((Math.floor(local / day) + 3) % 7) + 7) % 7) + 1;

const startOfDay = (local: number): number => Math.floor(local / day) * day;

const runsOver = ({ from, until }: OpenSpan): boolean => minutesOf(until) <= minutesOf(from);

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
