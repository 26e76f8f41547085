import type { Flow } from '@yizhan/contracts';
import type { CareOfShift } from '../waiting-drivers/care-of-shift.js';

/** A truck that is at the station. Instants in the picture are RFC 3339: it is signed as it is shown. */
export interface OpenTruck {
  readonly visitId: string;
  readonly plate: string;
  readonly flow: Flow;
  readonly arrivedAt: string;
  /** Of its handoff; `waiting` before there is one. */
  readonly state: string;
  readonly driverId?: string;
  readonly held: boolean;
  readonly holdReasons: readonly string[];
}

export interface OpenRun {
  readonly runId: string;
  readonly plate: string;
  readonly driverId: string;
  readonly openedAt: string;
  readonly dueBackAt?: string;
  readonly overdue: boolean;
}

export interface OpenExceptionOfStation {
  readonly exceptionId: string;
  readonly code: string;
  readonly openedAt: string;
  readonly plate?: string;
}

/** A driver on shift who can do no other usual round trip. */
export interface DriverNearLimit {
  readonly driverId: string;
  /** `shift_ends`, or the rule of the policy that will not let him drive as long. */
  readonly reason: string;
  readonly shiftEndsAt: string;
  /** When the rule would let him again; absent where no waiting helps, or where his shift ends. */
  readonly until?: string;
  readonly holdsPlate?: string;
}

/** What happened since the last handover. */
export interface ShiftChanges {
  readonly arrived: number;
  readonly departed: number;
  readonly swaps: number;
  readonly turnedAway: number;
  readonly runsOpened: number;
  readonly runsReturned: number;
  readonly exceptionsOpened: number;
  readonly exceptionsResolved: number;
}

/** 交接班记录: how a station stands when one lead hands it to the next. */
export interface HandoverPicture {
  readonly stationCode: string;
  readonly stationState: string;
  /** The last handover; the beginning of the local day where there was none. */
  readonly since: string;
  readonly asOf: string;
  readonly openTrucks: readonly OpenTruck[];
  readonly openRuns: readonly OpenRun[];
  readonly openExceptions: readonly OpenExceptionOfStation[];
  readonly driversNearLimits: readonly DriverNearLimit[];
  readonly changes: ShiftChanges;
  /** Of outside drivers who wait; pictures that were signed before it was counted have none. */
  readonly care?: CareOfShift;
}
