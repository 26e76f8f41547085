import type { Code, EventId, Instant, Position, Priority, Uuid } from './scalars.js';
import type {
  AssignmentEnd,
  DeclineReason,
  Authorisation,
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
} from './values.js';
import type { CaseEventData } from './case-event-data.js';
import type { NetworkEventData, OfDriver } from './network-event-data.js';

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

interface OfRun {
  readonly runId: Uuid;
}

interface RunStep extends OfRun {
  readonly enterpriseId: Code;
  readonly at: Instant;
}

interface ExceptionStep {
  readonly exceptionId: Uuid;
  readonly code: Code;
  /** Station code, area code or role that has to act. */
  readonly owner: Code;
  /** Until when the owner has to have dealt with it; after that it is escalated, where there is somebody to escalate to. */
  readonly dueAt?: Instant;
  /**
   * Who of the owner has to act: 0 an operator, 1 the shift lead, 2 the command centre of the area.
   * @asType integer
   * @minimum 0
   * @maximum 2
   */
  readonly level?: number;
  /** Where it is dealt with; absent where only the area can. */
  readonly stationCode?: Code;
}

/** What a person does about an exception. */
interface ExceptionDeed extends ExceptionStep {
  /** Subject of his token, such as `operator:lin`. */
  readonly byId: Code;
}

interface OverrideDecided {
  /** As in the `handoff.override_requested` that it answers. */
  readonly overrideRequestId: Uuid;
  readonly rule: Code;
  readonly driverId?: Code;
  /** Who decides: never who has asked. */
  readonly byId: Code;
}

/** The data of each event type, by its name without the `yizhan.` prefix and the version. */
export interface EventData extends NetworkEventData, CaseEventData {
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
  /**
   * The announced truck is to come to another station, which is the one that is named from now on. One that comes to where it was announced
   * before arrives there.
   */
  'visit.moved': OfVisit & {
    fromStationCode: Code;
    /** When it is expected, as before: how much longer the way is nobody knows. */
    expectedAt?: Instant;
    reason: Code;
    /** Subject of the token of who has moved it. */
    byId: Code;
    /** Until when arrivals of the former station are moved, as far as that is known. */
    untilAt?: Instant;
  };
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
  /** Somebody asks a second person for an override. From `expiresAt` on nobody can decide it. */
  'handoff.override_requested': OfHandoff & {
    overrideRequestId: Uuid;
    rule: Code;
    reason: Code;
    /** For whom, where the rule is one about drivers. */
    driverId?: Code;
    /** As it was seen, where the rule is `seal`. */
    seal?: Seal;
    byId: Code;
    expiresAt: Instant;
    /** From then on the rule lets the driver; absent where waiting alone does not help. */
    blockedUntil?: Instant;
  };
  /** The second person, never who has asked, lets the override be made once until `standsUntil`. */
  'handoff.override_approved': OfHandoff & OverrideDecided & { standsUntil: Instant };
  'handoff.override_refused': OfHandoff & OverrideDecided;
  'handoff.accepted': OfHandoff & OfDriver & { late?: boolean };
  'handoff.assignment_ended': OfHandoff &
    OfDriver & {
      reason: AssignmentEnd;
      declineReason?: DeclineReason;
      /** `withdrawn` as the plan gives the driver to this handoff. */
      movedToHandoffId?: Uuid;
    };
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
  'exception.opened': ExceptionStep & { visitId?: Uuid; runId?: Uuid; driverId?: Code };
  'exception.escalated': ExceptionStep;
  'exception.acknowledged': ExceptionDeed;
  /** `personId`: who of the new owner has to act, where it is a certain one. */
  'exception.assigned': ExceptionDeed & { personId?: Code };
  'exception.noted': ExceptionDeed & { note: Code };
  /** Without `byId` its cause is gone. */
  'exception.resolved': ExceptionStep & { resolution: Code; byId?: Code };

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
    /** The driver is assigned to this handoff and starts it only later: it is to have another one. */
    releasesHandoffId?: Uuid;
  };
  'assignment.withheld': { handoffId: Uuid; visitId: Uuid; blockers: readonly Blocker[] };

  'record.retracted': {
    retractedEventId: EventId;
    reason: 'did_not_occur' | 'incorrect_data';
    replacedBy?: EventId;
    /** Who has taken it back. */
    byId?: Code;
  };
}

/** Short name of an event type: `handoff.completed` stands for `yizhan.handoff.completed.v1`. */
export type EventName = keyof EventData;
