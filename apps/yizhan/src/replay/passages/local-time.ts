import { toIso } from '@yizhan/kernel';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const dateTime = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** Epoch milliseconds of `2016-10-19 06:52:56` in a zone that is `offsetMinutes` ahead of UTC; undefined where it is no time. */
export function parseLocalTime(text: string, offsetMinutes: number): number | undefined {
  const parts = dateTime.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 0, dayOfMonth = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  const asUtc = Date.UTC(year, month - 1, dayOfMonth, hours, minutes, seconds);
  // A 31st of February would roll over into March.
  return toIso(asUtc).slice(0, 19).replace('T', ' ') === text ? asUtc - offsetMinutes * minute : undefined;
}

/** The last local midnight at or before `at`. */
export function localMidnight(at: number, offsetMinutes: number): number {
  const local = at + offsetMinutes * minute;
  return local - (((local % day) + day) % day) - offsetMinutes * minute;
}
