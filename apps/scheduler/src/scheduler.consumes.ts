import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type EventName, eventType, type YizhanEvent } from '@yizhan/contracts';
import type { Fold } from './picture/fold.js';
import {
  assignmentProposed,
  assignmentRefused,
  assignmentSuggested,
  assignmentWithheld,
} from './picture/fold-assignments.js';
import { enterpriseChanged } from './picture/fold-enterprises.js';
import { recordRetracted } from './picture/fold-corrections.js';
import * as driver from './picture/fold-drivers.js';
import * as loan from './picture/fold-loans.js';
import * as handoff from './picture/fold-handoffs.js';
import * as network from './picture/fold-network.js';
import * as throttle from './picture/fold-throttles.js';
import * as run from './picture/fold-runs.js';
import * as visit from './picture/fold-visits.js';
import { WatchedAreas } from './picture/watched-areas.js';

/** The mark that handlers of the scheduler's consumer group carry. */
export const SCHEDULER_EVENTS = Symbol.for('yizhan/scheduler');

/** What the scheduler listens to, and what each changes in its picture of the area. */
export const folds: { readonly [N in EventName]?: Fold<N> } = {
  'policy.published': network.policyPublished,
  'zone.activated': network.zoneActivated,
  'zone.changed': network.zoneChanged,
  'station.opened': network.stationOpened,
  'station.suspended': network.stationSuspended,
  'station.resumed': network.stationResumed,
  'station.closed': network.stationClosed,
  'station.changed': network.stationChanged,
  'station.assignment_mode_changed': network.assignmentModeChanged,
  'station.cut_off': network.stationCutOff,
  'station.reconnected': network.stationReconnected,
  'lane.throttled': throttle.laneThrottled,
  'lane.throttle_ended': throttle.laneThrottleEnded,
  'enterprise.changed': enterpriseChanged,
  'driver.enrolled': driver.driverEnrolled,
  'driver.changed': driver.driverChanged,
  'driver.side_changed': driver.driverSideChanged,
  'driver.erased': driver.driverErased,
  'driver.shift_started': driver.driverShiftStarted,
  'driver.shift_ended': driver.driverShiftEnded,
  'driver.rest_recorded': driver.driverRestRecorded,
  'driver.credential_granted': driver.driverCredentialGranted,
  'driver.credential_recalled': driver.driverCredentialRecalled,
  'driver.lent': loan.driverLent,
  'driver.loan_ended': loan.driverLoanEnded,
  'driver.pool_joined': loan.driverPoolJoined,
  'driver.return_begun': loan.driverReturnBegun,
  'driver.returned': loan.driverReturned,
  'visit.announced': visit.visitAnnounced,
  'visit.moved': visit.visitMoved,
  'visit.cancelled': visit.visitCancelled,
  'visit.arrived': visit.visitArrived,
  'visit.checked': visit.visitChecked,
  'visit.departed': visit.visitDeparted,
  'cargo.held': visit.cargoHeld,
  'record.retracted': recordRetracted,
  'handoff.requested': handoff.handoffRequested,
  'handoff.suggested': assignmentSuggested,
  'handoff.assigned': handoff.handoffAssigned,
  'handoff.started': handoff.handoffStarted,
  'handoff.assignment_ended': handoff.handoffAssignmentEnded,
  'handoff.completed': handoff.handoffCompleted,
  'handoff.aborted': handoff.handoffAborted,
  'custody.moved': run.custodyMoved,
  'run.opened': run.runOpened,
  'run.return_planned': run.runReturnPlanned,
  'run.closed': run.runClosed,
  'assignment.proposed': assignmentProposed,
  'assignment.withheld': assignmentWithheld,
  'assignment.refused': assignmentRefused,
};

/** The same by the types of events on the wire. */
export const byType = new Map(
  Object.entries(folds).map(([name, fold]) => [eventType(name as EventName), fold as Fold<EventName>]),
);

/** Takes an event into the picture of its area, where the table above names it. @returns whether it does. */
export function foldEvent(areas: WatchedAreas, event: YizhanEvent): boolean {
  const fold = byType.get(event.type);
  if (fold) areas.take(event, fold);
  return fold !== undefined;
}

/** Takes every event of the table above into the picture. */
@Controller()
export class SchedulerConsumes {
  constructor(private readonly areas: WatchedAreas) {}

  @EventPattern<string[]>([...byType.keys()], SCHEDULER_EVENTS)
  take(@Payload() event: YizhanEvent): void {
    if (!foldEvent(this.areas, event)) throw new Error(`no fold for ${event.type}`);
  }
}
