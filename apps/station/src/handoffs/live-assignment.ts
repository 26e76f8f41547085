import type { TruckCase } from '../cases/truck-case.js';
import { handoffIn } from './handoff-in.js';
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
