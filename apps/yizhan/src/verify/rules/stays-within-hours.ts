import { amount, parts, text, type Data } from '../plain-event.js';
import { plannedSeconds, recordedClock, type AssignmentCheck, type Assigning } from './assigning.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The hours rules of the pack, by the clock that the assignment records; a rule that this version does not know allows. */
export const staysWithinHours: AssignmentCheck = (assigning) => {
  for (const rule of parts(assigning.rules, 'hours')) {
    const fault = hoursFault(rule, assigning);
    if (fault) return fault;
  }
  return undefined;
};

function hoursFault(rule: Data, assigning: Assigning): string | undefined {
  const clock = recordedClock(assigning);
  const planned = plannedSeconds(assigning);
  const max = amount(rule, 'maxSeconds');
  switch (rule['rule']) {
    case 'continuous_driving':
      return over('continuously', clock.continuous + planned, max);
    case 'driving_in_window':
      return over('within 24 hours', clock.inWindow + planned, max);
    case 'continuous_night_driving': {
      return over('continuously at night', clock.night + secondsWithin(rule, assigning), max);
    }
    case 'no_driving_between':
      return secondsWithin(rule, assigning) > 0
        ? `he would drive between ${text(rule, 'from')} and ${text(rule, 'to')}`
        : undefined;
    default:
      return undefined;
  }
}

function over(how: string, seconds: number, max: number): string | undefined {
  return seconds > max ? `he would have driven ${seconds} s ${how}, more than ${max} s` : undefined;
}

/** Seconds of the planned driving that fall between two times of day, local to the pack. */
function secondsWithin(rule: Data, { rules, startAt, returnAt }: Assigning): number {
  const offset = amount(rules, 'utcOffsetMinutes') * MINUTE;
  const start = Date.parse(startAt) + offset;
  const end = Date.parse(returnAt) + offset;
  const from = timeOfDay(text(rule, 'from'));
  const to = timeOfDay(text(rule, 'to'));
  const length = (to - from + DAY) % DAY;
  let within = 0;
  for (let day = Math.floor(start / DAY) * DAY - DAY; day <= end; day += DAY) {
    const opens = day + from;
    within += Math.max(0, Math.min(end, opens + length) - Math.max(start, opens));
  }
  return within / 1000;
}

function timeOfDay(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
}
