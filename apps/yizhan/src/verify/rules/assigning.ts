import { amount, part, type Data, type PlainEvent } from '../plain-event.js';
import type { Driver, Handoff, Visit } from '../world.js';

/** One assignment with all that decides whether it is allowed. */
export interface Assigning {
  readonly event: PlainEvent;
  readonly visit: Visit;
  readonly handoff: Handoff;
  readonly driver: Driver;
  /** The rules of the pack that the assignment names; empty where the log does not hold it. */
  readonly rules: Data;
  readonly startAt: string;
  /** The planned return, or the start where none is planned. */
  readonly returnAt: string;
  /** A fact recorded afterwards: judged as of its start. */
  readonly late: boolean;
}

/** Says why the driver may not be assigned; undefined where he may. */
export type AssignmentCheck = (assigning: Assigning) => string | undefined;

/** Seconds of planned driving. */
export function plannedSeconds({ startAt, returnAt }: Assigning): number {
  return Math.max(0, (Date.parse(returnAt) - Date.parse(startAt)) / 1000);
}

/** The driver's clock as the assignment records it, at the planned start, in seconds. */
export function recordedClock({ event }: Assigning): { continuous: number; inWindow: number; night: number } {
  const clock = part(event.data, 'clock');
  return {
    continuous: amount(clock, 'continuousSeconds'),
    inWindow: amount(clock, 'drivingSeconds24h'),
    night: amount(clock, 'continuousNightSeconds'),
  };
}
