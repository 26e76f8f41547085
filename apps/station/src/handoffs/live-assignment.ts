import { toIso } from '@yizhan/kernel';
import { conflict, invalid } from '../cases/problems.js';
import type { Now, TruckCase } from '../cases/truck-case.js';
import { assertAssignedTo, handoffIn } from './handoff-in.js';
import { type AcceptedHandoff, type AssignedHandoff, handoffAfter, type HandoffStep } from './handoff.js';

/** The assignment that a step ends: given, and not started. @throws Problem `illegal_state`. */
export function assignmentFor(
  truckCase: TruckCase,
  step: Extract<HandoffStep, 'decline' | 'expire' | 'report_no_show' | 'withdraw'>,
): AssignedHandoff | AcceptedHandoff {
  const handoff = handoffIn(truckCase);
  handoffAfter(handoff, step);
  return handoff as AssignedHandoff | AcceptedHandoff;
}

/** As `assignmentFor`, of whom it is said to be. @throws Problem where it is another's, or was given after this happened. */
export function assignmentOf(
  truckCase: TruckCase,
  step: Parameters<typeof assignmentFor>[1],
  driverId: string | undefined,
  now: Now,
): AssignedHandoff | AcceptedHandoff {
  const assignment = assignmentFor(truckCase, step);
  if (driverId !== undefined) assertAssignedTo(assignment, driverId);
  else if (now.late) {
    throw invalid('HANDOFF.WHOSE_ASSIGNMENT', 'what was logged offline says whose assignment ends', {
      field: 'driverId',
    });
  }
  assertGivenBefore(assignment, now);
  return assignment;
}

/** A tablet in the dark did not mean what was decided later. @throws Problem `conflict`. */
export function assertGivenBefore(
  { handoffId, driverId, assignedAt }: AssignedHandoff | AcceptedHandoff,
  now: Now,
): void {
  if (!now.late || typeof assignedAt !== 'number' || now.at >= assignedAt) return;
  const message = `driver ${driverId} was assigned to this handoff after that, at ${toIso(assignedAt)}`;
  throw conflict('ASSIGNMENT.GIVEN_LATER', message, { handoffId, driverId, assignedAt: toIso(assignedAt) });
}
