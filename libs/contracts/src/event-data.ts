import type { Code, EventId, Instant, Position, Priority, Uuid } from './scalars.js';
import type {
  AssignmentEnd,
  AssignmentMode,
  Authorisation,
  Blocker,
  CheckResult,
  ClockReading,
  ConsignmentFacts,
  DepartureOutcome,
  Flow,
  GeoPoint,
  HandedItem,
  Licence,
  OpeningHours,
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
  readonly visitId: Uuid;
  readonly areaCode: Code;
  readonly stationCode: Code;
}

interface OfHandoff extends OfVisit {
  readonly handoffId: Uuid;
}

type TruckFacts = Truck & {
  carrierId?: Code;
  /** The zone that it is based in, or null outside. */
  baseZoneId: Code | null;
};

interface OfDriver {
  readonly driverId: Code;
}

interface OfRun {
  readonly runId: Uuid;
}

interface RunStep extends OfRun {
  readonly enterpriseId: Code;
  readonly at: Instant;
}

/** A pass as it stands: one truck, one route, and whom it covers. */
interface PassFacts {
  readonly passId: Code;
  readonly plate: Code;
  readonly driverIds: readonly Code[];
  readonly route: Code;
  readonly areaCode?: Code;
  /** Covers every driver of this area's pool too. */
  readonly poolAreaCode?: Code;
  readonly validFrom?: Instant;
  readonly validUntil?: Instant;
}

interface ExceptionStep {
  readonly exceptionId: Uuid;
  readonly code: Code;
  /** Station code, area code or role that has to act. */
  readonly owner: Code;
  readonly dueAt?: Instant;
}

/** The data of each event type, by its name without the `yizhan.` prefix and the version. */
export interface EventData {
  'visit.announced': OfVisit & {
    zoneId: Code;
    flow: Flow;
    truck: Truck;
    carrierId?: Code;
    expectedAt: Instant;
    priority: Priority;
    dueAt?: Instant;
    consignments: readonly ConsignmentFacts[];
  };
  'visit.queued': OfVisit & { plate: Code; ticketNo: Code; queue: 'outside' | 'inside'; queuedAt: Instant };
  'visit.called': OfVisit & { bayCode?: Code; calledAt: Instant };
  /** The truck did not come when it was called, or is not to come. `bayCode` is the bay that is free again. */
  'visit.call_ended': OfVisit & { reason: 'no_show' | 'withdrawn'; bayCode?: Code };
  'visit.arrived': OfVisit & {
    zoneId: Code;
    flow: Flow;
    truck: Truck;
    carrierId?: Code;
    custodian: Party;
    arrivedAt: Instant;
    priority: Priority;
    dueAt?: Instant;
    consignments: readonly ConsignmentFacts[];
    runId?: Uuid;
    /** The truck came while the station was closed by its opening hours. */
    outsideHours?: boolean;
  };
  'visit.checked': OfVisit & {
    passed: boolean;
    checks: readonly CheckResult[];
    policy: PolicyRef;
    /** As it was seen on the truck: the recorded one from then on, where the check has passed. */
    sealNumber?: Code;
  };
  'visit.departed': OfVisit & {
    outcome: DepartureOutcome;
    custodian: Party;
    departedAt: Instant;
    runId?: Uuid;
    reasons?: readonly Code[];
  };
  'visit.cancelled': OfVisit & { reason: Code };

  'handoff.requested': OfHandoff & {
    readyAt: Instant;
    requirements: { licence: Licence; certificates: readonly Code[] };
  };
  'handoff.assigned': OfHandoff &
    OfDriver & {
      plannedStartAt: Instant;
      plannedReturnAt?: Instant;
      assignedBy: 'scheduler' | 'operator';
      decisionId?: Uuid;
      passId?: Code;
      clock: ClockReading;
      policy: PolicyRef;
      overrides: readonly Override[];
      late?: boolean;
    };
  /**
   * The scheduler has proposed a driver at a station whose operators confirm what it proposes: nobody is assigned yet, and
   * nobody else is proposed before `standsUntil`.
   */
  'handoff.suggested': OfHandoff &
    OfDriver & { decisionId: Uuid; plannedStartAt: Instant; plannedReturnAt?: Instant; standsUntil: Instant };
  'handoff.accepted': OfHandoff & OfDriver & { late?: boolean };
  'handoff.assignment_ended': OfHandoff & OfDriver & { reason: AssignmentEnd };
  'handoff.started': OfHandoff &
    OfDriver & {
      bayCode: Code;
      startedAt: Instant;
      authorisation: Authorisation;
    };
  'handoff.completed': OfHandoff & {
    from: Party;
    toDriverId: Code;
    bayCode: Code;
    /** The one recorded instant at which responsibility moves. */
    custodyAt: Instant;
    signatures: readonly Signature[];
    items: readonly HandedItem[];
    /** @minimum 0 */
    odometerKm?: number;
    /**
     * @minimum 0
     * @maximum 100
     */
    fuelPercent?: number;
    seal?: Seal;
    photos: readonly Photo[];
    reservations: readonly Reservation[];
    /** Of the seal, where it is taken although it is not the recorded one. */
    overrides?: readonly Override[];
  };
  'handoff.aborted': OfHandoff & { reason: Code };
  'cargo.held': OfVisit & {
    reasons: readonly Code[];
    holdId?: Uuid;
    /** Who put it on; absent where a check did. */
    byId?: Code;
    /** `by_hand`: it stands until `cargo.hold_lifted`; else a later passed check lifts it too. */
    lifting?: 'by_check' | 'by_hand';
  };
  /** One hold ends by hand. `reasons` are those of the hold, `reason` why it ends. */
  'cargo.hold_lifted': OfVisit & { holdId: Uuid; reasons: readonly Code[]; reason: Code };
  'cargo.released': OfHandoff & { consignmentIds: readonly Code[]; releasedAt: Instant; policy: PolicyRef };
  'assignment.refused': OfHandoff & OfDriver & { decisionId: Uuid; reason: Code };
  'exception.opened': ExceptionStep & { visitId?: Uuid; runId?: Uuid };
  'exception.escalated': ExceptionStep;
  'exception.resolved': ExceptionStep & { resolution: Code };

  'custody.moved': {
    plate: Code;
    from: Party;
    to: Party;
    custodyAt: Instant;
    place: Code;
    reason: Code;
    items: readonly HandedItem[];
    visitId?: Uuid;
  };

  'truck.registered': TruckFacts;
  /** The truck as it is from now on. */
  'truck.changed': TruckFacts;

  'run.opened': OfRun & {
    direction: RunDirection;
    plate: Code;
    driverId: Code;
    intoZoneVisitId?: Uuid;
    outOfZoneVisitId?: Uuid;
    dueBackAt?: Instant;
  };
  'run.return_planned': OfRun & { returnDriverId?: Code; wait: WaitPlan };
  'run.reached': RunStep;
  'run.unloaded': RunStep;
  'run.loaded': RunStep;
  'run.left': RunStep;
  'run.overdue': OfRun & { plate: Code; driverId: Code; dueBackAt: Instant };
  'run.closed': OfRun & {
    how: 'returned' | 'zone_lifted' | 'stayed';
    plate: Code;
    intoZoneVisitId?: Uuid;
    outOfZoneVisitId?: Uuid;
  };

  /** May come again, with all that is known by then: who was taken in at a gate is known by and by. */
  'driver.enrolled': OfDriver & {
    /** The zone that he lives in, or null for an outside driver. */
    insideZoneId: Code | null;
    licences: readonly Licence[];
    homeStationCode?: Code;
    carrierId?: Code;
  };
  /** What is known of the driver from now on; his side has an event of its own. */
  'driver.changed': OfDriver & { licences: readonly Licence[]; homeStationCode?: Code; carrierId?: Code };
  'driver.side_changed': OfDriver & { insideZoneId: Code | null };
  /** Who he is has been erased for good; he holds no licence from then on. */
  'driver.erased': OfDriver & { erasedAt: Instant; reason: Code };
  'driver.shift_planned': OfDriver & { dutyId: Uuid; stationCode: Code; startsAt: Instant; endsAt: Instant };
  'driver.planned_shift_cancelled': OfDriver & { dutyId: Uuid };
  'driver.shift_started': OfDriver & { stationCode: Code; endsAt: Instant };
  'driver.shift_ended': OfDriver & { stationCode: Code };
  'driver.rest_recorded': OfDriver & { startedAt: Instant; endedAt: Instant };
  'driver.credential_granted': OfDriver & {
    credential: Code;
    validFrom: Instant;
    validUntil: Instant;
    issuer: Code;
  };
  'driver.credential_recalled': OfDriver & { credential: Code; recalledAt: Instant; reason: Code };
  'driver.lent': OfDriver & { fromAreaCode: Code; toAreaCode: Code };
  'driver.pool_joined': OfDriver & { areaCode: Code };
  'driver.returned': OfDriver & { areaCode: Code };

  'station.opened': {
    stationCode: Code;
    areaCode: Code;
    countyCode: Code;
    bays: readonly Code[];
    location: GeoPoint;
    zoneIds: readonly Code[];
  };
  'station.suspended': { stationCode: Code; reason: Code };
  'station.resumed': { stationCode: Code };
  'station.closed': { stationCode: Code; reason: Code };
  /** Where the station stands and which zones it serves, as of now. */
  'station.changed': { stationCode: Code; countyCode: Code; location: GeoPoint; zoneIds: readonly Code[] };
  'station.assignment_mode_changed': { stationCode: Code; assignmentMode: AssignmentMode };
  'station.bays_changed': {
    stationCode: Code;
    /** All bays that are there from now on. */
    bays: readonly Code[];
    added: readonly Code[];
    closed: readonly Code[];
  };
  'station.hours_changed': { stationCode: Code; hours: OpeningHours };
  'zone.activated': {
    zoneId: Code;
    level: ZoneLevel;
    countyCodes: readonly Code[];
    stationCodes: readonly Code[];
    startsAt: Instant;
    endsAt?: Instant;
    policy: PolicyRef;
  };
  'zone.changed': { zoneId: Code; level: ZoneLevel; endsAt?: Instant; policy: PolicyRef };
  /** The time that was set for the zone is over; it stays closed until somebody lifts it. */
  'zone.end_reached': { zoneId: Code; endsAt: Instant };
  'zone.place_added': { zoneId: Code; placeId: Code; location: GeoPoint; enterpriseId?: Code };
  'zone.place_closed': { zoneId: Code; placeId: Code };
  'zone.lifted': { zoneId: Code; liftedAt: Instant };
  /** One act: the zone, stations, drivers, enterprises and duties that belong to it have events of their own beside it. */
  'plan.activated': {
    planId: Code;
    /**
     * @asType integer
     * @minimum 1
     */
    templateVersion: number;
    zoneId: Code;
    stationCodes: readonly Code[];
    /**
     * How many duties are planned.
     * @asType integer
     * @minimum 0
     */
    duties: number;
  };
  'plan.ended': { planId: Code; zoneId: Code; reason: Code; activatedAt: Instant };
  'policy.published': PolicyRef & { rules: object };
  'pass.issued': PassFacts;
  'pass.amended': PassFacts;
  'pass.revoked': { passId: Code; reason: Code };
  'enterprise.readiness_changed': {
    enterpriseId: Code;
    readiness: 'willing' | 'ready' | 'activated' | 'ended';
    /** The four as they stand: an activated enterprise is willing and ready too, an ended one none of them. */
    willing: boolean;
    ready: boolean;
    activated: boolean;
    ended: boolean;
  };

  'enterprise.changed': {
    enterpriseId: Code;
    priority: Priority;
    /** When its line stops without the goods that it waits for. */
    stopsLineAt?: Instant;
    /**
     * How much of its usual output it keeps up, as it says itself.
     * @minimum 0
     * @maximum 100
     */
    capacityPercent?: number;
  };

  'assignment.proposed': {
    handoffId: Uuid;
    visitId: Uuid;
    driverId: Code;
    plannedStartAt: Instant;
    plannedReturnAt?: Instant;
    decisionId: Uuid;
    /**
     * The scheduler's ownership of the area; station refuses an older one than it has seen.
     * @asType integer
     * @minimum 1
     */
    epoch: number;
    basedOnPosition: Position;
    expiresAt: Instant;
    alternatives: readonly { driverId: Code; cost: number }[];
  };
  'assignment.withheld': { handoffId: Uuid; visitId: Uuid; blockers: readonly Blocker[] };

  'record.retracted': {
    retractedEventId: EventId;
    reason: 'did_not_occur' | 'incorrect_data';
    replacedBy?: EventId;
  };
}

/** Short name of an event type: `handoff.completed` stands for `yizhan.handoff.completed.v1`. */
export type EventName = keyof EventData;
