// `hour12: false` would write five past midnight as 24:05 in English.
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** The time of day of an instant where this device is, such as `00:05`. */
export const timeText = (instant: string, language: string): string =>
  new Date(instant).toLocaleTimeString(language, clock);

/** Month, day and time of day of an instant where this device is. */
export const dateTimeText = (instant: string, language: string): string =>
  new Date(instant).toLocaleString(language, { month: '2-digit', day: '2-digit', ...clock, second: '2-digit' });

/** The same for the name of a file, such as `2026-03-02T1230`: sorted by name they lie in order of time. */
export function fileTimeText(instant: string): string {
  const at = new Date(instant);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}${two(at.getMinutes())}`;
}
