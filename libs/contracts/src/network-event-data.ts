import type { Code, Count, EventId, Instant, Priority, Sha256, Uuid } from './scalars.js';
import type {
  AssignmentMode,
  ConsentScope,
  Contact,
  Flow,
  GeoPoint,
  Licence,
  LoanEnd,
  OpeningHours,
  Party,
  PolicyRef,
  PooledDriver,
  ThrottleEnd,
  ZoneLevel,
} from './values.js';

export interface OfDriver {
  readonly driverId: Code;
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

interface OfLoan extends OfDriver {
  readonly loanId: Uuid;
  /** The area that lends him: his own. */
  readonly fromAreaCode: Code;
  readonly toAreaCode: Code;
}

interface PoolMove {
  /** In whose pool he is now. */
  readonly areaCode: Code;
  /** In whose pool he was until now. */
  readonly fromAreaCode?: Code;
  readonly loanId?: Uuid;
  /** Where he has reported. */
  readonly stationCode?: Code;
  /** For the area that has him now, which has not heard of him before: all that decides what he may drive. */
  readonly driver?: PooledDriver;
}

interface OfConsent {
  readonly consentId: Uuid;
  readonly carrierId: Code;
  readonly areaCode: Code;
  /** Subject of the token of who gave or revoked it. */
  readonly byId: Code;
}

/** The trucks that go one way through an area, or through one of its stations, of which so many an hour get a driver. */
interface OfThrottle {
  readonly throttleId: Uuid;
  readonly areaCode: Code;
  readonly flow: Flow;
  /** The one station; every station of the area where it is absent. */
  readonly stationCode?: Code;
}

/** What is told of drivers, stations, zones, plans, policies, passes, consents, lanes and enterprises: required fields never change, new ones are optional. */
export interface NetworkEventData {
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
  /** An outside driver who waits holds a rest place of the station until he gives it back, or leaves the station. */
  'driver.rest_place_taken': OfDriver & { stationCode: Code };
  'driver.rest_place_returned': OfDriver & { stationCode: Code };
  'driver.meal_given': OfDriver & { stationCode: Code; mealId: Uuid };
  /** It was written down by mistake. */
  'driver.meal_taken_back': OfDriver & { stationCode: Code; mealId: Uuid };
  'driver.rest_recorded': OfDriver & { startedAt: Instant; endedAt: Instant };
  'driver.credential_granted': OfDriver & {
    credential: Code;
    validFrom: Instant;
    validUntil: Instant;
    issuer: Code;
    /** What the issuer counts it to, so that all of one can be recalled together. */
    batch?: Code;
  };
  'driver.credential_recalled': OfDriver & {
    credential: Code;
    recalledAt: Instant;
    reason: Code;
    /** From when on whom he met is of interest; from the beginning of the credential where it is not given. */
    since?: Instant;
    /** Station or enterprise where the run that he is on ends for him; the station that it comes back to where it is not given. */
    endsAt?: Party;
  };
  /** What the recalled driver touched since, whom he met, and who was told. */
  'driver.recall_traced': OfDriver & {
    credential: Code;
    since: Instant;
    /** The event that recalled the credential. */
    recallEventId: EventId;
    plates: readonly Code[];
    visitIds: readonly Uuid[];
    handoffIds: readonly Uuid[];
    runIds: readonly Uuid[];
    contacts: readonly Contact[];
    /** Where an exception says that he was recalled. */
    toldStationCodes: readonly Code[];
    /** The assignment that was taken back. */
    withdrawnHandoffId?: Uuid;
    /** The run that he is on, and where it ends for him. */
    openRun?: { runId: Uuid; plate: Code; endsAt?: Party };
  };
  /** Written for both areas, as all of a loan is. He works on where he is. */
  'driver.loan_offered': OfLoan & {
    /** When the offer lapses. */
    expiresAt: Instant;
  };
  /** It came to nothing: he is in the pool that he was in, and goes nowhere. */
  'driver.loan_ended': OfLoan & { reason: LoanEnd };
  /** Accepted: he is in the pool that he was in until the other area has him, and gets nothing new there. */
  'driver.lent': OfDriver & { fromAreaCode: Code; toAreaCode: Code; loanId?: Uuid };
  /** From here on he is in this pool and in no other; told in the area that he leaves first, and then in the one that has him. */
  'driver.pool_joined': OfDriver & PoolMove;
  /** He goes back: in the pool that he was lent to until his own area has him, and gets nothing new there. */
  'driver.return_begun': OfLoan;
  /** As `driver.pool_joined`, of his own area. */
  'driver.returned': OfDriver & PoolMove;

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
  /** It goes on by itself: nobody there can be told anything, and what is done there is told later. */
  'station.cut_off': {
    stationCode: Code;
    /** `silent` where nothing was heard of it, or what a person has said. */
    reason: Code;
    /** When it was heard last, where it ever was. */
    lastHeardAt?: Instant;
  };
  /** It is heard again, and has told what was done there. */
  'station.reconnected': { stationCode: Code };
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
  /** How many rest places there are for outside drivers who wait. Who holds one keeps it. */
  'station.rest_places_changed': { stationCode: Code; restPlaces: Count };
  'station.hours_changed': { stationCode: Code; hours: OpeningHours };
  /** The outgoing shift lead has signed how the station stands. */
  'station.shift_handed_over': {
    handoverId: Uuid;
    stationCode: Code;
    /** Subject of the lead's token. */
    outgoingId: Code;
    /** SHA-256 of the RFC 8785 form of the picture that he signed. */
    picture: Sha256;
    /** What the picture tells of begins there: the last handover, or the beginning of the local day. */
    since: Instant;
    openTrucks: Count;
    openRuns: Count;
    openExceptions: Count;
    /** The one before, which nobody had taken over. */
    replaces?: Uuid;
  };
  /** The incoming shift lead, another person, has signed the same picture. */
  'station.shift_taken_over': {
    handoverId: Uuid;
    stationCode: Code;
    /** Subject of the lead's token. */
    incomingId: Code;
    /** As in the `station.shift_handed_over` that it answers. */
    picture: Sha256;
  };
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
  /** A carrier agrees beforehand that its trucks are handed over; a handoff that uses it names it in `handoff.started`. */
  'consent.given': OfConsent & {
    scope: ConsentScope;
    /** Of a lane: the one station; every station of the area where it is absent. */
    stationCode?: Code;
    /** Of a lane. */
    flow?: Flow;
    /** Of a truck. */
    plate?: Code;
    givenAt: Instant;
    /** At this instant it is over; without an end where it is absent. */
    validUntil?: Instant;
  };
  /** No handoff starts with it from then on; those that have started go on. */
  'consent.revoked': OfConsent & { revokedAt: Instant };
  /**
   * At most so many trucks of the lane get a driver in any hour, from now on; others wait (`lane_throttled`), but for those whose
   * priority the policy lets through. A lane has one throttle at a time.
   */
  'lane.throttled': OfThrottle & {
    /**
     * 0: none.
     * @asType integer
     * @minimum 0
     * @maximum 1000
     */
    trucksPerHour: number;
    reason: Code;
    /** Subject of the token of who has throttled it. */
    byId: Code;
    throttledAt: Instant;
    /** When it ends by itself; it stands until somebody ends it where this is absent. */
    endsAt?: Instant;
  };
  /** The lane is as it was before. */
  'lane.throttle_ended': OfThrottle & {
    how: ThrottleEnd;
    /** Subject of the token of who has ended it; absent where time has. */
    byId?: Code;
    endedAt: Instant;
  };
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

  /** What an enterprise counts for in the capacity kept of its county, as the command centre says. The newest stands. */
  'enterprise.described': {
    enterpriseId: Code;
    /** The county that it lies in, GB/T 2260. */
    countyCode: Code;
    /** Whether it is above-scale industry (规上): only such enterprises count in the capacity kept. */
    aboveScale: boolean;
    /**
     * What it usually puts out, in a unit that is the same for all of a county, such as 10,000 yuan a month.
     * @minimum 0
     */
    outputWeight: number;
    /**
     * Trucks that usually bring it goods, a day.
     * @minimum 0
     */
    usualLoadsInPerDay?: number;
    /**
     * Trucks that usually fetch its goods, a day.
     * @minimum 0
     */
    usualLoadsOutPerDay?: number;
  };

  /** How much electricity an enterprise used, beside what it used in the last quarter. */
  'enterprise.electricity_reported': {
    enterpriseId: Code;
    usedFromAt: Instant;
    /** From this instant on it is what the enterprise keeps up. */
    usedToAt: Instant;
    /** @minimum 0 */
    kilowattHours: number;
    /**
     * Kilowatt-hours a day, the mean of the last quarter; above 0.
     * @minimum 0
     */
    quarterDailyKilowattHours: number;
  };
}
