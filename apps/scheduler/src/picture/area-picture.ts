import type { Flow, PolicyRef } from '@yizhan/contracts';
import type { DriverFacts, HeldCredential, Lane, PolicyRules, Stretch } from '@yizhan/policy';
import { type ArrivalHistory, noArrivals } from './arrival-history.js';
import { noUsualTimes, type UsualTimes } from './usual-times.js';

/** A driver as the events so far show him. Instants are epoch milliseconds. */
export interface DriverPicture extends DriverFacts {
  insideZoneId: string | null;
  licences: readonly string[];
  carrierId?: string;
  shift?: { readonly stationCode: string; readonly endsAt: number };
  credentials: HeldCredential[];
  activity: { driving: { readonly from: number; readonly to: number | null }[]; rests: Stretch[] };
  /** Where he was seen last; absent while he drives and where he left a truck elsewhere. */
  atStationCode?: string;
  holdsPlate?: string;
  /** The area that he is about to go to: he is in this pool until it has him, and gets nothing new. */
  lentTo?: string;
  /** The handoff that he is assigned to. */
  liveHandoffId?: string;
  /** Proposed, and not answered yet. */
  offer?: { readonly handoffId: string; readonly expiresAt: number };
  /** What was recorded of him last and may be taken back. */
  recorded: readonly Recorded[];
}

/** Something that an event has said of a driver. */
export type Recorded = { readonly eventId: string } & (
  { readonly shiftEndsAt: number } | { readonly rest: Stretch } | { readonly credential: HeldCredential }
);

/** What a truck has on board for an enterprise. */
export interface Goods {
  readonly enterpriseId: string;
  readonly category: string;
}

export interface EnterprisePicture {
  readonly priority: number;
  /** When its line stops without the goods that it waits for, as it has said last. */
  readonly stopsLineAt?: number | undefined;
  /** Categories of goods that have gone in to it since. */
  readonly served: Set<string>;
}

/** A visit between its arrival and its departure. */
export interface VisitPicture {
  readonly visitId: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly flow: Flow;
  readonly plate: string;
  readonly licenceRequired: string;
  readonly carrierId?: string;
  priority: number;
  dueAt?: number;
  goods: readonly Goods[];
  readonly runId?: string;
  /** For a retraction: which event it arrived by and when, and whether its driver held the truck before. */
  readonly arrivedBy: {
    readonly eventId: string;
    readonly at: number;
    readonly driverId?: string;
    readonly heldBefore: boolean;
  };
  /** As it was announced, should its arrival be retracted. */
  readonly announcement?: AnnouncedVisit;
  held: boolean;
  /** What checks and holds have said, should one be retracted. */
  judgements: readonly { readonly eventId: string; readonly held: boolean }[];
}

/** A visit whose truck is on its way to a station. Instants are epoch milliseconds. */
export interface AnnouncedVisit {
  readonly visitId: string;
  readonly eventId: string;
  stationCode: string;
  readonly zoneId: string;
  readonly flow: Flow;
  readonly plate: string;
  readonly carrierId?: string;
  readonly licenceRequired: string;
  expectedAt: number;
  priority: number;
  goods: readonly Goods[];
  /** The event that has cancelled it, should that be retracted. */
  cancelledBy?: string;
}

/** A proposal that the station has not answered yet. */
export interface Offer {
  readonly driverId: string;
  readonly decisionId: string;
  readonly expiresAt: number;
}

/** When a driver was assigned and when he is to start. */
export interface PlannedStart {
  readonly assignedAt: number;
  readonly startsAt: number;
}

/** A handoff from its request to its end. */
export interface HandoffPicture {
  readonly handoffId: string;
  readonly visit: VisitPicture;
  readonly readyAt: number;
  readonly licenceRequired: string;
  /** Assigned or started; absent while it waits. */
  assignedDriverId?: string;
  /** What the scheduler has planned for it and the station has committed, until it is started; absent where a person chose the driver. */
  planned?: PlannedStart;
  offer?: Offer;
  /** What the last `assignment.withheld` since it began to wait said, as `statedRules` writes it. */
  statedRules?: string;
  readonly declinedBy: Set<string>;
  /** By driver, how many of his assignments here ran out unanswered. */
  readonly unanswered: Map<string, number>;
  /** By driver, until when the pair is left alone as the station has refused it, and how often it has for what the pair is. */
  readonly refusals: Map<string, { readonly times: number; readonly pausedUntil: number }>;
}

export interface RunPicture {
  readonly runId: string;
  readonly plate: string;
  /** The outside driver who handed the truck over on its way in. */
  readonly broughtInBy?: string;
  returnDriverId?: string;
  wait?: 'station' | 'away' | 'other_truck';
  /** Closed by an arrival; kept until that visit departs. */
  isClosed: boolean;
}

export interface StationPicture {
  readonly location: { readonly latitude: number; readonly longitude: number };
  state: 'open' | 'suspended' | 'closed';
  /** Nobody there can be told anything. */
  isCutOff: boolean;
  /** Operators confirm what is proposed. */
  isReviewed: boolean;
}

/** Whether anybody there can be given a driver now; one of which nothing was told yet is taken to be open. */
export function givesDrivers(station: Pick<StationPicture, 'state' | 'isCutOff'> | undefined): boolean {
  return station === undefined || (station.state === 'open' && !station.isCutOff);
}

/** A lane of which only so many trucks an hour get a driver. */
export interface ThrottlePicture extends Lane {
  readonly trucksPerHour: number;
  /** When it ends by itself, epoch milliseconds. */
  readonly endsAt?: number;
}

/** When a truck got the driver whom it has, or with whom it has gone on. */
export interface AssignedTruck {
  readonly flow: Flow;
  readonly stationCode: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** All that matching knows of one area: a fold of the area's events and of nothing else. */
export interface AreaPicture {
  readonly areaCode: string;
  /** The last event that was folded. */
  position: number;
  eventId: string;
  /** The latest time that any event says: matching never looks from before it. */
  time: number;
  /** The highest epoch that any proposal of the area has shown. */
  newestEpoch: number;
  /** By `id@version`. */
  readonly policies: Map<string, PolicyRules>;
  readonly policyOfZone: Map<string, PolicyRef>;
  readonly stations: Map<string, StationPicture>;
  readonly drivers: Map<string, DriverPicture>;
  /** Of this area, and in the pool of another one that has them: nobody is asked here, but it is said where they are. */
  readonly lentOut: Map<string, DriverPicture & { readonly lentTo: string }>;
  /** Inside drivers by zone and outside drivers by carrier, by id: who is asked at all. */
  readonly insidePools: Map<string, DriverPicture[]>;
  readonly carrierPools: Map<string, DriverPicture[]>;
  /** Announced and not arrived; those that are long missed are forgotten. */
  readonly announced: Map<string, AnnouncedVisit>;
  readonly visits: Map<string, VisitPicture>;
  readonly handoffs: Map<string, HandoffPicture>;
  /** Those of `handoffs` that have no driver. */
  readonly waiting: Map<string, HandoffPicture>;
  readonly runs: Map<string, RunPicture>;
  /** Those that have not ended, by id. */
  readonly throttles: Map<string, ThrottlePicture>;
  /** By handoff, those of the day before the last of them: who reads them leaves out what is older by now. */
  readonly assigned: Map<string, AssignedTruck>;
  /** When the plan gave drivers to other trucks who were on their way to one; of the day before the last time, the newest at the end. */
  readonly changes: number[];
  /** Those that have said anything. */
  readonly enterprises: Map<string, EnterprisePicture>;
  /** By plate, the driver who holds the truck. */
  readonly holders: Map<string, string>;
  /** By plate, whose truck it is: not every visit says so again. */
  readonly carriers: Map<string, string>;
  /** By plate, the outside driver who handed it over on its last way in. */
  readonly broughtIn: Map<string, string>;
  /** By subject, the event that stands for another one of it, which has been folded: it is the next of the subject. */
  readonly replacements: Map<string, string>;
  readonly usual: UsualTimes;
  readonly arrivals: ArrivalHistory;
}

export function emptyPicture(areaCode: string): AreaPicture {
  return {
    areaCode,
    position: 0,
    eventId: '',
    time: 0,
    newestEpoch: 0,
    policies: new Map(),
    policyOfZone: new Map(),
    stations: new Map(),
    drivers: new Map(),
    lentOut: new Map(),
    insidePools: new Map(),
    carrierPools: new Map(),
    announced: new Map(),
    visits: new Map(),
    handoffs: new Map(),
    waiting: new Map(),
    runs: new Map(),
    throttles: new Map(),
    assigned: new Map(),
    changes: [],
    enterprises: new Map(),
    holders: new Map(),
    carriers: new Map(),
    broughtIn: new Map(),
    replacements: new Map(),
    usual: noUsualTimes(),
    arrivals: noArrivals(),
  };
}

/** The policy in force for a zone, with its name; absent where its rules were not published. */
export function policyInForce(
  picture: AreaPicture,
  zoneId: string,
): { readonly ref: PolicyRef; readonly rules: PolicyRules } | undefined {
  const ref = picture.policyOfZone.get(zoneId);
  const rules = ref && picture.policies.get(policyKey(ref));
  return ref && rules ? { ref, rules } : undefined;
}

export function policyKey({ id, version }: PolicyRef): string {
  return `${id}@${version}`;
}
