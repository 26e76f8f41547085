import { conflict, notFound } from '../cases/problems.js';
import type { TruckCase } from '../cases/truck-case.js';
import { arrivedFor } from '../visits/visit.js';
import type { BoundHandoff, Handoff } from './handoff.js';

/** The handoff of a case whose truck is at the station. @throws Problem where there is none, or the visit is over. */
export function handoffIn({ handoff, visit }: TruckCase): Handoff {
  if (!handoff)
    throw notFound('HANDOFF.NOT_FOUND', `visit ${visit.visitId} has no handoff`, { visitId: visit.visitId });
  if (handoff.state !== 'completed' && handoff.state !== 'aborted') arrivedFor(visit, 'check');
  return handoff;
}

/** Only the driver who is assigned answers for his assignment. */
export function assertAssignedTo(handoff: BoundHandoff, driverId: string): void {
  if (handoff.driverId === driverId) return;
  throw conflict('HANDOFF.ASSIGNED_TO_ANOTHER', `driver ${driverId} is not the one who is assigned to this handoff`, {
    handoffId: handoff.handoffId,
  });
}
