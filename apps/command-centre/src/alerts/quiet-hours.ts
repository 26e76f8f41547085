import type { AlertLevel, QuietHours } from './alert-rule.js';
import { quietHours } from './alert-rules.js';

const minute = 60_000;
const minutesOfDay = 24 * 60;

/** Whether an alert of the level waits at an instant (epoch milliseconds): it is shown, and neither sounds nor escalates. */
export function isQuiet(level: AlertLevel, at: number, hours: QuietHours = quietHours): boolean {
  const { fromMinute, toMinute, utcOffsetMinutes, levels } = hours;
  if (!levels.includes(level)) return false;
  const local = (Math.floor(at / minute) + utcOffsetMinutes) % minutesOfDay;
  return fromMinute <= toMinute ? local >= fromMinute && local < toMinute : local >= fromMinute || local < toMinute;
}

/** When an alert of the level stops waiting, epoch milliseconds: at once outside of quiet hours. */
export function quietUntil(level: AlertLevel, at: number, hours: QuietHours = quietHours): number {
  if (!isQuiet(level, at, hours)) return at;
  const local = (Math.floor(at / minute) + hours.utcOffsetMinutes) % minutesOfDay;
  const left = (hours.toMinute - local + minutesOfDay) % minutesOfDay;
  return (Math.floor(at / minute) + left) * minute;
}
