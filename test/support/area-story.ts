import type {
  AssignmentEnd,
  ConsignmentFacts,
  DepartureOutcome,
  EventData,
  EventName,
  Flow,
  Licence,
  Party,
  YizhanEvent,
} from '@yizhan/contracts';
import { dataSchema, eventSources, eventType } from '@yizhan/contracts';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { type PolicyPack, policyPack } from '@yizhan/policy';

export const minute = 60_000;
export const hour = 60 * minute;
/** 2026-03-02 08:00 in China. */
export const monday = Date.parse('2026-03-02T00:00:00.000Z');

export interface TruckFacts {
  readonly flow?: Flow;
  readonly station?: string;
  readonly licence?: Licence;
  readonly carrier?: string;
  readonly priority?: number;
  readonly dueAt?: number;
  readonly runId?: string;
  readonly by?: string;
  readonly consignments?: readonly ConsignmentFacts[];
}

/**
 * What happens in one area, as the station would tell it: each call tells one thing at `now`. For tests of services that only listen.
 * Handoffs and visits of a truck are named after its plate: `handoffOf('G1')`.
 */
export class AreaStory {
  readonly told: NewEvent[] = [];
  now = monday;
  #visits = new Map<
    string,
    { visitId: string; station: string; facts: TruckFacts; handoffId: string; tries: number; announced: boolean }
  >();

  constructor(
    readonly areaCode = 'jinhua',
    readonly zoneId = 'yiwu',
    readonly pack: PolicyPack = policyPack('cn-freight'),
  ) {}

  at(instant: number): this {
    this.now = instant;
    return this;
  }

  /** Two stations, 1 km and 40 km from one another, and the zone that they serve. */
  network(): this {
    const { id, version, rules } = this.pack;
    this.tell('policy.published', `policy/${id}`, { id, version, rules });
    this.tell('zone.activated', `zone/${this.zoneId}`, {
      zoneId: this.zoneId,
      level: 'silent',
      countyCodes: ['330782'],
      stationCodes: ['JD', 'JX', 'PJ'],
      startsAt: toIso(this.now),
      policy: { id, version },
    });
    return this.station('JD', 29.1).station('JX', 29.109).station('PJ', 29.46);
  }

  station(stationCode: string, latitude: number): this {
    return this.tell('station.opened', `station/${stationCode}`, {
      stationCode,
      areaCode: this.areaCode,
      countyCode: '330703',
      bays: ['B1'],
      location: { latitude, longitude: 119.8 },
      zoneIds: [this.zoneId],
    });
  }

  stationBecomes(stationCode: string, what: 'suspended' | 'resumed' | 'closed' | 'cut_off' | 'reconnected'): this {
    return this.tell(`station.${what}`, `station/${stationCode}`, { stationCode, reason: 'flood' });
  }

  /** An inside driver who is not on shift. */
  enrols(driverId: string, licences: Licence[] = ['A2']): this {
    this.tell('driver.enrolled', `driver/${driverId}`, { driverId, insideZoneId: this.zoneId, licences });
    return this.qualifies(driverId);
  }

  /** An inside driver on a shift of 10 h. */
  onShift(driverId: string, licences: Licence[] = ['A2'], stationCode = 'JD', hours = 10): this {
    return this.enrols(driverId, licences).startsShift(driverId, stationCode, hours);
  }

  startsShift(driverId: string, stationCode = 'JD', hours = 10): this {
    return this.tell('driver.shift_started', `driver/${driverId}`, {
      driverId,
      stationCode,
      endsAt: toIso(this.now + hours * hour),
    });
  }

  endsShift(driverId: string, stationCode = 'JD'): this {
    return this.tell('driver.shift_ended', `driver/${driverId}`, { driverId, stationCode });
  }

  outsider(driverId: string, carrierId?: string): this {
    this.tell('driver.enrolled', `driver/${driverId}`, { driverId, insideZoneId: null, licences: ['A2'], carrierId });
    return this.qualifies(driverId);
  }

  qualifies(driverId: string, from = this.now - hour, until = this.now + 1000 * hour): this {
    return this.tell('driver.credential_granted', `driver/${driverId}`, {
      driverId,
      credential: 'professional_qualification',
      validFrom: toIso(from),
      validUntil: toIso(until),
      issuer: '330700',
    });
  }

  recalls(driverId: string): this {
    return this.tell('driver.credential_recalled', `driver/${driverId}`, {
      driverId,
      credential: 'professional_qualification',
      recalledAt: toIso(this.now),
      reason: 'revoked',
    });
  }

  rests(driverId: string, from: number, to: number): this {
    return this.tell('driver.rest_recorded', `driver/${driverId}`, {
      driverId,
      startedAt: toIso(from),
      endedAt: toIso(to),
    });
  }

  /** Its truck is on its way; `arrives` goes on with the same visit. */
  announces(plate: string, expectedAt: number, facts: TruckFacts = {}): this {
    const visitId = this.#begin(plate, facts, true);
    const expected = { ...this.#facts(plate, facts), expectedAt: toIso(expectedAt) };
    return this.tell('visit.announced', `visit/${visitId}`, expected);
  }

  arrives(plate: string, facts: TruckFacts = {}): this {
    const visitId = this.#begin(plate, facts);
    const custodian: Party = { kind: 'driver', id: facts.by ?? `O-${plate}` };
    const arrived = { ...this.#facts(plate, facts), custodian, arrivedAt: toIso(this.now), runId: facts.runId };
    return this.tell('visit.arrived', `visit/${visitId}`, arrived);
  }

  #begin(plate: string, facts: TruckFacts, announced = false): string {
    const station = facts.station ?? 'JD';
    const known = this.#visits.get(plate);
    const tries = (known?.tries ?? 0) + (known?.announced ? 0 : 1);
    const visitId = uuidOf(`visit ${plate} ${tries}`);
    this.#visits.set(plate, { visitId, station, facts, handoffId: '', tries, announced });
    return visitId;
  }

  #facts(plate: string, facts: TruckFacts) {
    return {
      ...this.#of(plate),
      zoneId: this.zoneId,
      flow: facts.flow ?? ('into_zone' as const),
      truck: { plate, plateColour: 'yellow' as const, licenceRequired: facts.licence ?? 'B2' },
      carrierId: facts.carrier,
      priority: facts.priority ?? 0,
      dueAt: facts.dueAt === undefined ? undefined : toIso(facts.dueAt),
      consignments: facts.consignments ?? [],
    };
  }

  checks(plate: string, passed = true): this {
    return this.#tellOf(plate, 'visit.checked', {
      passed,
      checks: [],
      policy: { id: this.pack.id, version: this.pack.version },
    });
  }

  requests(plate: string): this {
    const visit = this.#visit(plate);
    visit.handoffId = uuidOf(`handoff ${plate} ${visit.tries}`);
    return this.#tellOf(plate, 'handoff.requested', {
      handoffId: visit.handoffId,
      readyAt: toIso(this.now),
      requirements: { licence: visit.facts.licence ?? 'B2', certificates: [] },
    });
  }

  /** Arrived, checked, and waiting for a driver. */
  waits(plate: string, facts: TruckFacts = {}): this {
    return this.arrives(plate, facts).checks(plate).requests(plate);
  }

  assigns(plate: string, driverId: string): this {
    return this.#tellOf(plate, 'handoff.assigned', {
      handoffId: this.handoffOf(plate),
      driverId,
      plannedStartAt: toIso(this.now),
      assignedBy: 'operator',
      clock: { continuousSeconds: 0, drivingSeconds24h: 0 },
      policy: { id: this.pack.id, version: this.pack.version },
      overrides: [],
    });
  }

  assignmentEnds(plate: string, driverId: string, reason: AssignmentEnd): this {
    return this.#tellOf(plate, 'handoff.assignment_ended', { handoffId: this.handoffOf(plate), driverId, reason });
  }

  completes(plate: string, from: Party, toDriverId: string): this {
    return this.#tellOf(plate, 'handoff.completed', {
      handoffId: this.handoffOf(plate),
      from,
      toDriverId,
      bayCode: 'B1',
      custodyAt: toIso(this.now),
      signatures: [],
      items: [],
      photos: [],
      reservations: [],
    });
  }

  aborts(plate: string): this {
    return this.#tellOf(plate, 'handoff.aborted', { handoffId: this.handoffOf(plate), reason: 'seal_mismatch' });
  }

  holds(plate: string): this {
    return this.#tellOf(plate, 'cargo.held', { reasons: ['seal_mismatch'] });
  }

  departs(plate: string, driverId: string, outcome: DepartureOutcome = 'swapped'): this {
    return this.#tellOf(plate, 'visit.departed', {
      outcome,
      custodian: { kind: 'driver', id: driverId },
      departedAt: toIso(this.now),
    });
  }

  opensRun(runId: string, plate: string, driverId: string, direction: 'in_first' | 'out_first' = 'in_first'): this {
    return this.tell('run.opened', `run/${runId}`, { runId, direction, plate, driverId });
  }

  plansReturn(runId: string, wait: 'station' | 'away' | 'other_truck', returnDriverId?: string): this {
    return this.tell('run.return_planned', `run/${runId}`, { runId, wait, returnDriverId });
  }

  closesRun(runId: string, plate: string, how: 'returned' | 'zone_lifted' | 'stayed' = 'returned'): this {
    const outOfZoneVisitId = how === 'returned' ? this.visitOf(plate) : undefined;
    return this.tell('run.closed', `run/${runId}`, { runId, how, plate, outOfZoneVisitId });
  }

  movesCustody(plate: string, from: Party, to: Party, place: string): this {
    const data = { plate, from, to, custodyAt: toIso(this.now), place, reason: 'nobody_there', items: [] };
    return this.tell('custody.moved', `truck/${plate}`, data);
  }

  /** O brings the truck in, R takes it over and departs into the zone; the run is `run-<plate>`. */
  sendsIn(plate: string, outsider: string, insider: string, facts: TruckFacts = {}): this {
    this.waits(plate, { ...facts, by: outsider }).assigns(plate, insider);
    this.completes(plate, { kind: 'driver', id: outsider }, insider).departs(plate, insider);
    return this.opensRun(`run-${plate}`, plate, insider);
  }

  /** R brings the truck back to a station; it waits for a driver out of the zone. */
  bringsBack(plate: string, insider: string, facts: TruckFacts = {}): this {
    const runId = `run-${plate}`;
    this.arrives(plate, { flow: 'out_of_zone', by: insider, runId, ...facts }).closesRun(runId, plate);
    return this.checks(plate).requests(plate);
  }

  refuses(plate: string, driverId: string, decisionId: string, reason = 'busy'): this {
    return this.#tellOf(plate, 'assignment.refused', {
      handoffId: this.handoffOf(plate),
      driverId,
      decisionId,
      reason,
    });
  }

  handoffOf(plate: string): string {
    return this.#visit(plate).handoffId;
  }

  visitOf(plate: string): string {
    return this.#visit(plate).visitId;
  }

  tell<N extends EventName>(name: N, subject: string, data: EventData[N]): this {
    this.told.push(newEvent({ name, subject, areaCode: this.areaCode, time: this.now, data }));
    return this;
  }

  /** What was told so far as a log of its own; only positions and the scheduler's needs are filled in. */
  log(from = 0): YizhanEvent[] {
    return this.told.slice(from).map((event, index) => asLogged(event, from + index + 1));
  }

  #tellOf<N extends EventName>(
    plate: string,
    name: N,
    data: Omit<EventData[N], 'visitId' | 'areaCode' | 'stationCode'>,
  ): this {
    return this.tell(name, `visit/${this.visitOf(plate)}`, { ...this.#of(plate), ...data } as unknown as EventData[N]);
  }

  #of(plate: string) {
    const { visitId, station } = this.#visit(plate);
    return { visitId, areaCode: this.areaCode, stationCode: station };
  }

  #visit(plate: string) {
    const visit = this.#visits.get(plate);
    if (!visit) throw new Error(`the story has no truck ${plate}`);
    return visit;
  }
}

/** An event as a consumer sees it. Sequences and hashes are not real. */
export function asLogged(event: NewEvent, position: number): YizhanEvent {
  return {
    specversion: '1.0',
    id: uuidOf(`event ${position}`),
    source: event.subject.startsWith('assignment/') ? eventSources.scheduler : eventSources.station,
    type: eventType(event.name),
    subject: event.subject,
    time: toIso(event.time),
    recordedtime: toIso(event.time),
    partitionkey: event.areaCode,
    sequence: '1',
    position: String(position),
    previous: String(position - 1),
    prevhash: '0'.repeat(64),
    correlationid: event.correlationId ?? event.subject,
    causationid: 'told',
    datacontenttype: 'application/json',
    dataschema: dataSchema(event.name),
    // As a consumer gets it: through JSON, where absent fields are absent.
    data: JSON.parse(JSON.stringify(event.data)) as YizhanEvent['data'],
  };
}

/** A UUID that is the same for the same words. */
export function uuidOf(words: string): string {
  let first = 0x811c9dc5;
  let second = 0x1000193;
  for (const letter of words) {
    first = Math.imul(first ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    second = Math.imul(second + (letter.codePointAt(0) ?? 0), 0x85ebca6b) >>> 0;
  }
  const hex = `${first.toString(16).padStart(8, '0')}${second.toString(16).padStart(8, '0')}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(12, 15)}-8${hex.slice(0, 3)}-${hex.slice(4, 16)}`;
}
