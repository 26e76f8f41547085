import type {
  AssignmentEnd,
  Blocker,
  CheckResult,
  ClockReading,
  ConsignmentFacts,
  DepartureOutcome,
  Flow,
  HandedItem,
  Licence,
  Override,
  Party,
  Photo,
  PolicyRef,
  Reservation,
  RunDirection,
  Seal,
  Signature,
  Truck,
  WaitPlan,
  ZoneLevel,
} from './values.js';

/** What every event of a visit carries. */
export interface OfVisit {
  readonly visitId: string;
  readonly areaCode: string;
  readonly stationCode: string;
}

interface OfHandoff extends OfVisit {
  readonly handoffId: string;
}

interface OfDriver {
  readonly driverId: string;
}

interface OfRun {
  readonly runId: string;
}

interface RunStep extends OfRun {
  readonly enterpriseId: string;
  readonly at: string;
}

interface ExceptionStep {
  readonly exceptionId: string;
  readonly code: string;
  /** Station code, area code or role that has to act. */
  readonly owner: string;
  readonly dueAt?: string;
}

/** The data of each event type, by its name without the `yizhan.` prefix and the version. Instants are RFC 3339 UTC. */
export interface EventData {
  'visit.announced': OfVisit & {
    zoneId: string;
    flow: Flow;
    truck: Truck;
    carrierId?: string;
    expectedAt: string;
    priority: number;
    dueAt?: string;
    consignments: readonly ConsignmentFacts[];
  };
  'visit.queued': OfVisit & { plate: string; ticketNo: string; queue: 'outside' | 'inside'; queuedAt: string };
  'visit.called': OfVisit & { bayCode?: string; calledAt: string };
  'visit.arrived': OfVisit & {
    zoneId: string;
    flow: Flow;
    truck: Truck;
    carrierId?: string;
    custodian: Party;
    arrivedAt: string;
    /** Higher goes first: 0 (usual) to 9. */
    priority: number;
    dueAt?: string;
    consignments: readonly ConsignmentFacts[];
    runId?: string;
  };
  'visit.checked': OfVisit & { passed: boolean; checks: readonly CheckResult[]; policy: PolicyRef };
  'visit.departed': OfVisit & {
    outcome: DepartureOutcome;
    custodian: Party;
    departedAt: string;
    runId?: string;
    reasons?: readonly string[];
  };
  'visit.cancelled': OfVisit & { reason: string };

  'handoff.requested': OfHandoff & {
    readyAt: string;
    requirements: { licence: Licence; certificates: readonly string[] };
  };
  'handoff.assigned': OfHandoff &
    OfDriver & {
      plannedStartAt: string;
      plannedReturnAt?: string;
      assignedBy: 'scheduler' | 'operator';
      decisionId?: string;
      passId?: string;
      clock: ClockReading;
      policy: PolicyRef;
      overrides: readonly Override[];
      late?: boolean;
    };
  'handoff.accepted': OfHandoff & OfDriver & { late?: boolean };
  'handoff.assignment_ended': OfHandoff & OfDriver & { reason: AssignmentEnd };
  'handoff.started': OfHandoff &
    OfDriver & {
      bayCode: string;
      startedAt: string;
      authorisation: { carrierId?: string; by: string; at: string };
    };
  'handoff.completed': OfHandoff & {
    from: Party;
    toDriverId: string;
    bayCode: string;
    /** The one recorded instant at which responsibility moves. */
    custodyAt: string;
    signatures: readonly Signature[];
    items: readonly HandedItem[];
    odometerKm?: number;
    fuelPercent?: number;
    seal?: Seal;
    photos: readonly Photo[];
    reservations: readonly Reservation[];
  };
  'handoff.aborted': OfHandoff & { reason: string };
  'cargo.held': OfVisit & { reasons: readonly string[] };
  'cargo.released': OfHandoff & { consignmentIds: readonly string[]; releasedAt: string; policy: PolicyRef };
  'assignment.refused': OfHandoff & OfDriver & { decisionId: string; reason: string };
  'exception.opened': ExceptionStep & { visitId?: string; runId?: string };
  'exception.escalated': ExceptionStep;
  'exception.resolved': ExceptionStep & { resolution: string };

  'custody.moved': {
    plate: string;
    from: Party;
    to: Party;
    custodyAt: string;
    place: string;
    reason: string;
    items: readonly HandedItem[];
    visitId?: string;
  };

  'run.opened': OfRun & {
    direction: RunDirection;
    plate: string;
    driverId: string;
    intoZoneVisitId?: string;
    outOfZoneVisitId?: string;
    dueBackAt?: string;
  };
  'run.return_planned': OfRun & { returnDriverId?: string; wait: WaitPlan };
  'run.reached': RunStep;
  'run.unloaded': RunStep;
  'run.loaded': RunStep;
  'run.left': RunStep;
  'run.overdue': OfRun & { plate: string; driverId: string; dueBackAt: string };
  'run.closed': OfRun & {
    how: 'returned' | 'zone_lifted' | 'stayed';
    plate: string;
    intoZoneVisitId?: string;
    outOfZoneVisitId?: string;
  };

  'driver.enrolled': OfDriver & {
    /** The zone that he lives in, or null for an outside driver. */
    insideZoneId: string | null;
    licences: readonly Licence[];
    homeStationCode?: string;
    carrierId?: string;
  };
  'driver.side_changed': OfDriver & { insideZoneId: string | null };
  'driver.shift_started': OfDriver & { stationCode: string; endsAt: string };
  'driver.shift_ended': OfDriver & { stationCode: string };
  'driver.rest_recorded': OfDriver & { startedAt: string; endedAt: string };
  'driver.credential_granted': OfDriver & {
    credential: string;
    validFrom: string;
    validUntil: string;
    issuer: string;
  };
  'driver.credential_recalled': OfDriver & { credential: string; recalledAt: string; reason: string };
  'driver.lent': OfDriver & { fromAreaCode: string; toAreaCode: string };
  'driver.pool_joined': OfDriver & { areaCode: string };
  'driver.returned': OfDriver & { areaCode: string };

  'station.opened': {
    stationCode: string;
    areaCode: string;
    countyCode: string;
    bays: readonly string[];
    /** WGS-84 degrees. */
    location: { latitude: number; longitude: number };
    zoneIds: readonly string[];
  };
  'station.suspended': { stationCode: string; reason: string };
  'station.resumed': { stationCode: string };
  'station.closed': { stationCode: string; reason: string };
  'zone.activated': {
    zoneId: string;
    level: ZoneLevel;
    countyCodes: readonly string[];
    stationCodes: readonly string[];
    startsAt: string;
    endsAt?: string;
    policy: PolicyRef;
  };
  'zone.changed': { zoneId: string; level: ZoneLevel; endsAt?: string; policy: PolicyRef };
  'zone.lifted': { zoneId: string; liftedAt: string };
  'policy.published': PolicyRef & { rules: object };
  'pass.issued': { passId: string; plate: string; driverIds: readonly string[]; route: string };
  'pass.amended': { passId: string; plate: string; driverIds: readonly string[]; route: string };
  'pass.revoked': { passId: string; reason: string };
  'enterprise.readiness_changed': {
    enterpriseId: string;
    readiness: 'willing' | 'ready' | 'activated' | 'ended';
    /** The four as they stand: an activated enterprise is willing and ready too, an ended one none of them. */
    willing: boolean;
    ready: boolean;
    activated: boolean;
    ended: boolean;
  };

  'assignment.proposed': {
    handoffId: string;
    visitId: string;
    driverId: string;
    plannedStartAt: string;
    plannedReturnAt?: string;
    decisionId: string;
    /** The scheduler's ownership of the area; station refuses an older one than it has seen. */
    epoch: number;
    basedOnPosition: string;
    expiresAt: string;
    alternatives: readonly { driverId: string; cost: number }[];
  };
  'assignment.withheld': { handoffId: string; visitId: string; blockers: readonly Blocker[] };

  'record.retracted': {
    retractedEventId: string;
    reason: 'did_not_occur' | 'incorrect_data';
    replacedBy?: string;
  };
}

/** Short name of an event type: `handoff.completed` stands for `yizhan.handoff.completed.v1`. */
export type EventName = keyof EventData;
