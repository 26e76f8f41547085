import type { AssignmentCheck } from './assigning.js';

/** An inside driver is on a shift that has not been ended and is not over at the planned start. */
export const hasAnOpenShift: AssignmentCheck = ({ visit, driver, startAt, late }) => {
  if (visit.flow !== 'into_zone') return undefined;
  const isOpen = driver.shifts.some((shift) => {
    if (late) return shift.from <= startAt && startAt <= (shift.endedAt ?? shift.endsAt);
    return shift.endedAt === undefined && startAt <= shift.endsAt;
  });
  return isOpen ? undefined : `he has no open shift at ${startAt}`;
};
