import { Archive, Journal, type EventRecord } from './journal.js';
import type { Data, Party, PlainEvent } from './plain-event.js';

/** Instants are compared as texts: the contract's form sorts as time does. */
export type Instant = string;

/** A truck, for as long as it is tracked or at a station. */
export interface Truck {
  readonly plate: string;
  custodian?: Party;
  /** Who had it when tracking ended inside the zone. */
  leftWith?: Party;
  openVisitId?: string;
  runId?: string;
  zoneId?: string;
  /** Who handed it over when it last went into the zone. */
  broughtBy?: string;
  /** Number of the seal as it was last recorded, where an event has said it. */
  seal?: string;
}

/** A hold on a visit's cargo that stands. */
export interface Hold {
  readonly id: string;
  readonly isLiftedByHand: boolean;
  /** The recorded seal is void: the next passed check says which one is there. */
  readonly voidsSeal: boolean;
  readonly heldAt: Instant;
}

/** What a check or a hold says about the cargo and the truck, and when. */
export interface Verdict {
  readonly at: Instant;
  readonly outcome: 'passed' | 'failed' | 'held';
}

export interface Visit {
  readonly id: string;
  readonly plate: string;
  readonly areaCode: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly flow: string;
  readonly run?: Run;
  readonly consignmentIds: readonly string[];
  carrierId?: string;
  licence: string;
  state: 'announced' | 'arrived' | 'departed' | 'cancelled';
  verdicts: readonly Verdict[];
  holds: readonly Hold[];
  /** Those that stood until somebody lifted them. */
  liftedHolds: readonly (Hold & { readonly liftedAt: Instant })[];
  released: boolean;
  handoffIds: readonly string[];
}

export interface Assignment {
  /** Of the event that made it. */
  readonly position: string;
  readonly driverId: string;
  readonly accepted: boolean;
  readonly since: Instant;
  readonly late: boolean;
  /** True where only the emergency team's standing allows him, so that the carrier must consent. */
  readonly needsConsent: boolean;
}

export interface Proposal {
  readonly decisionId: string;
  readonly driverId: string;
  readonly epoch: number;
  /** True where a newer epoch had been seen in the area. */
  readonly stale: boolean;
  readonly expiresAt: Instant;
  readonly open: boolean;
}

export interface Handoff {
  readonly id: string;
  readonly visitId: string;
  state: 'requested' | 'started' | 'completed' | 'aborted' | 'ended';
  licence: string;
  certificates: readonly string[];
  /** When it was recorded that it waits (again) for a driver. */
  waitingSince: Instant;
  requestedBy: { readonly position: string; readonly id: string };
  assignment?: Assignment;
  /** The policy by which it was last assigned. */
  policy?: string;
  start?: { readonly driverId: string; readonly bayCode: string; readonly startedAt: Instant };
  proposals: readonly Proposal[];
  withheld: boolean;
}

export interface Grant {
  readonly credential: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly recalledAt?: Instant;
}

export interface Shift {
  readonly from: Instant;
  readonly endsAt: Instant;
  readonly endedAt?: Instant;
}

/** When a driver answered for a truck. */
export interface Custody {
  readonly plate: string;
  readonly from: Instant;
  readonly to?: Instant;
}

export interface Driver {
  readonly id: string;
  insideZoneId: string | null;
  licences: readonly string[];
  carrierId?: string;
  homeArea: string;
  /** The one pool that he is in. */
  pool: string;
  lentTo?: string;
  /** The area that he leaves has been told, and the one that has him now not yet. */
  leaving?: { readonly from: string; readonly to: string };
  /** Whose pool he has joined, and when. */
  poolMoves: readonly { readonly to: string; readonly at: Instant }[];
  shifts: readonly Shift[];
  grants: readonly Grant[];
  holds: readonly string[];
  /** The last trucks that he answered for, and those that he does. */
  custodies: readonly Custody[];
  /** The handoff of his live assignment. */
  assignedTo?: string;
  /** Position of the assignment that led to his last swap. */
  swapAssignedAt?: string;
}

export interface Occupation {
  readonly handoffId: string;
  readonly plate: string;
  /** The event that started it. */
  readonly position: string;
  readonly eventId: string;
  readonly subject: string;
  readonly from: Instant;
  readonly to?: Instant;
}

export interface Bay {
  occupations: readonly Occupation[];
  /** Since when it is closed. */
  closedAt?: Instant;
}

export interface Station {
  readonly code: string;
  readonly bays: Map<string, Bay>;
  /** When no handoff may start: suspended or closed. */
  pauses: readonly { readonly from: Instant; readonly to?: Instant; readonly why: string }[];
  /** Handoffs completed by visits that arrived here. */
  tally: { completed: number };
}

/** A truck's pass into a zone. */
export interface Pass {
  readonly id: string;
  readonly plate: string;
  readonly areaCode: string;
  driverIds: readonly string[];
  pool?: string;
  from?: Instant;
  until?: Instant;
  live: boolean;
}

/** What a carrier has agreed to beforehand, about all trucks of an area that fit what is named. */
export interface Consent {
  readonly id: string;
  readonly areaCode: string;
  readonly carrierId: string;
  readonly stationCode: string | undefined;
  readonly flow: string | undefined;
  readonly plate: string | undefined;
  readonly from: Instant;
  readonly until: Instant | undefined;
  revokedAt?: Instant;
}

export interface Run {
  readonly id: string;
  readonly plate: string;
  readonly zoneId?: string;
  readonly broughtBy?: string;
  open: boolean;
  returnDriverId?: string;
}

const KEPT_ENDED = 2000;

/** The state that the events add up to: what is live, and the last few thousand visits and runs that ended. */
export class World {
  readonly trucks = new Map<string, Truck>();
  readonly visits = new Map<string, Visit>();
  readonly handoffs = new Map<string, Handoff>();
  readonly drivers = new Map<string, Driver>();
  readonly stations = new Map<string, Station>();
  readonly zones = new Map<string, { lifted: boolean }>();
  readonly policies = new Map<string, Data>();
  readonly runs = new Map<string, Run>();
  readonly passes = new Map<string, Pass>();
  readonly consents = new Map<string, Consent>();
  /** The pass that a truck has in an area, by `area plate`. */
  readonly passOf = new Map<string, Pass>();
  readonly newestEpoch = new Map<string, number>();
  /** Events that are to replace others, by their id. */
  readonly replacements = new Map<string, { record: EventRecord; subject: string; position: string }>();
  readonly journal = new Journal();
  readonly archive = new Archive();
  private ended: (Visit | Run)[] = [];

  truck(plate: string): Truck {
    let truck = this.trucks.get(plate);
    if (!truck) this.trucks.set(plate, (truck = { plate }));
    return truck;
  }

  /** Lets what has ended be forgotten once enough others have ended after it. */
  retire(over: Visit | Run): void {
    this.ended.push(over);
    if (this.ended.length < KEPT_ENDED * 2) return;
    for (const old of this.ended.slice(0, KEPT_ENDED)) this.forget(old);
    this.ended = this.ended.slice(KEPT_ENDED);
  }

  private forget(old: Visit | Run): void {
    if ('open' in old) {
      if (old.open) return;
      this.runs.delete(old.id);
      this.archive.forget(`run/${old.id}`);
    } else {
      if (old.state === 'arrived') return;
      for (const id of old.handoffIds) {
        this.handoffs.delete(id);
        this.archive.forget(`assignment/${id}`);
      }
      if (this.visits.get(old.id) === old) this.visits.delete(old.id);
      this.archive.forget(`visit/${old.id}`);
    }
    const truck = this.trucks.get(old.plate);
    if (!truck || truck.custodian || truck.leftWith || truck.openVisitId || truck.runId) return;
    this.trucks.delete(old.plate);
    this.archive.forget(`truck/${old.plate}`);
  }
}

/** What the last check or hold says, in the order of the log or, for what was recorded late, as of an instant. */
export function lastVerdict(visit: Visit, asOf?: Instant): Verdict | undefined {
  if (asOf === undefined) return visit.verdicts.at(-1);
  let last: Verdict | undefined;
  for (const verdict of visit.verdicts) {
    if (verdict.at <= asOf && (!last || verdict.at >= last.at)) last = verdict;
  }
  return last;
}

/** True while a handoff can still take an assignment, start or complete. */
export function isUnfinished(handoff: Handoff): boolean {
  return handoff.state === 'requested' || handoff.state === 'started';
}

/** How one type of event changes the state; an event that breaks a rule is folded as far as it makes sense. */
export type Fold = (event: PlainEvent, world: World) => void;

/** The bay of the visit's station, where both are known. */
export function bayOf(world: World, visit: Visit | undefined, bayCode: string | undefined): Bay | undefined {
  return world.stations.get(visit?.stationCode ?? '')?.bays.get(bayCode ?? '');
}
