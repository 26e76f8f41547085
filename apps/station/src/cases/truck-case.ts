import type { AssignmentMode, EventData, EventName, OfVisit, OpeningHours, PolicyRef } from '@yizhan/contracts';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import type { PolicyRules } from '@yizhan/policy';
import type { Late } from '../changes/changes.js';
import type { TrackedTruck } from '../custody/truck.js';
import type { LockedDriving } from '../drivers/driver-facts.repository.js';
import type { Handoff } from '../handoffs/handoff.js';
import type { Pass } from '../passes/pass.js';
import type { Run } from '../runs/run.js';
import type { Visit } from '../visits/visit.js';
import type { ExceptionChange, OpenException } from '../exceptions/raising.js';

/** What holds at the station where a visit is. */
export interface Place {
  readonly stationCode: string;
  readonly areaCode: string;
  readonly stationState: 'open' | 'suspended' | 'closed';
  readonly bays: readonly string[];
  /** Null where the station is always open. */
  readonly hours: OpeningHours | null;
  /** `review`: operators confirm what the scheduler proposes. */
  readonly assignmentMode: AssignmentMode;
  readonly zoneState: 'active' | 'lifted';
  readonly policy: PolicyRef;
  readonly rules: PolicyRules;
}

/** All that a decision about a truck at a station may ask; visit and truck are locked. */
export interface TruckCase {
  readonly visit: Visit;
  readonly truck: TrackedTruck;
  /** The one that is asked for, else the newest of the visit. */
  readonly handoff: Handoff | undefined;
  /** The run that the visit ends, began, or lies in. */
  readonly run: Run | undefined;
  readonly place: Place;
  /** The truck's pass in the area, where one is issued. */
  readonly pass: Pass | undefined;
  /** The zone in which the custodian lives: null outside; undefined where the custodian is no driver. */
  readonly custodianSide: string | null | undefined;
  /** Open exceptions of the visit and of its run. */
  readonly exceptions: readonly OpenException[];
}

/** The instant of a decision, and new ids for what it makes. */
export interface Now {
  readonly at: number;
  /** It happened at `at` and is recorded later. */
  readonly late?: Late;
  newId(what: string): string;
}

export type TimerKind =
  | 'assignment_expiry'
  | 'run_overdue'
  | 'zone_end'
  | 'exception_due'
  | 'visit_watch'
  | 'station_watch'
  | 'loan_offer'
  | 'throttle_end';

export interface TimerChange {
  readonly kind: TimerKind;
  readonly ref: string;
  /** Null: the timer is moot. */
  readonly dueAt: number | null;
  /** One that is due by this instant is left as it is: it has yet to fire. */
  readonly keepsDueBy?: number;
}

/**
 * What a driver does: he drives off with a truck (`since` an earlier instant where he had never stopped), stops (at a
 * station, or at a place that is none), or leaves a station for where nothing is tracked. `locked` saves a round trip
 * where it was read with the case.
 */
export type DrivingChange =
  | { readonly does: 'drive_off'; readonly driverId: string; readonly since?: number }
  | { readonly does: 'leave'; readonly driverId: string }
  | {
      readonly does: 'stop';
      readonly driverId: string;
      readonly stationCode?: string;
      readonly locked?: LockedDriving;
    };

/** What is to be: states that are written as they stand here (version 0: new), and what they bring with them. */
export interface Decision<Answer = unknown> {
  readonly visit?: Visit;
  readonly truck?: TrackedTruck;
  readonly handoff?: Handoff;
  /** A plan of another visit that gives way. */
  readonly elsewhere?: Handoff;
  readonly run?: Run;
  readonly timers?: readonly TimerChange[];
  readonly exceptions?: readonly ExceptionChange[];
  readonly driving?: readonly DrivingChange[];
  /** In the order in which they go into the log. */
  readonly events: readonly NewEvent[];
  readonly answer: Answer;
}

/** States an event of a visit: subject, area, station and carrier are the visit's. */
export function eventOfVisit<N extends EventName>(
  visit: Visit,
  name: N,
  at: number,
  data: Omit<EventData[N], keyof OfVisit>,
): NewEvent {
  const { visitId, areaCode, stationCode, carrierId } = visit;
  return newEvent({
    name,
    subject: `visit/${visitId}`,
    areaCode,
    time: at,
    correlationId: visitId,
    ...(carrierId === null ? {} : { carrierId }),
    data: { visitId, areaCode, stationCode, ...data } as unknown as EventData[N],
  });
}

/** The event without its carrier, which is not told of it: it names drivers who may never have to do with its truck. */
export function ofStationAlone({ carrierId: _, ...event }: NewEvent): NewEvent {
  return event;
}

/** Whose truck it is, and the visit in whose transaction something happens to its run. */
export interface RunContext {
  readonly carrierId: string | null;
  readonly visitId?: string;
}

/** States an event of a run. */
export function eventOfRun<N extends EventName>(
  run: Run,
  name: N,
  at: number,
  data: Omit<EventData[N], 'runId'>,
  { carrierId, visitId }: RunContext,
): NewEvent {
  return newEvent({
    name,
    subject: `run/${run.runId}`,
    areaCode: run.areaCode,
    time: at,
    correlationId: visitId ?? run.runId,
    ...(carrierId === null ? {} : { carrierId }),
    data: { runId: run.runId, ...data } as unknown as EventData[N],
  });
}
