import type { HandoffPicture } from '../picture/area-picture.js';

/** `declined_before`: who declined a handoff, or did not show up for it, is not asked for it again. */
export function wasNotRefusedByDriver(handoff: HandoffPicture, driverId: string): boolean {
  return !handoff.declinedBy.has(driverId);
}
