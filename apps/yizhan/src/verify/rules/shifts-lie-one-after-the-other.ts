import { subjectId } from '../plain-event.js';
import type { Rule } from '../rule.js';

/** Rule 7 asks whether a driver was on shift at an instant: no shift ends before it starts, nor starts before the last one ended. */
export const shiftsLieOneAfterTheOther: Rule = {
  number: 7,
  on: {
    'driver.shift_started': (event, world) => {
      const last = world.drivers.get(subjectId(event))?.shifts.at(-1);
      return last?.endedAt !== undefined && event.time < last.endedAt
        ? `driver ${subjectId(event)} starts a shift at ${event.time}, but his last one ended at ${last.endedAt}`
        : undefined;
    },
    'driver.shift_ended': (event, world) => {
      const last = world.drivers.get(subjectId(event))?.shifts.at(-1);
      return last && last.endedAt === undefined && event.time < last.from
        ? `the shift of driver ${subjectId(event)} ends at ${event.time}, but it started at ${last.from}`
        : undefined;
    },
  },
};
