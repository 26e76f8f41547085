import type { CheckResult, DepartureOutcome, Flow, Licence, Party, Seal, YizhanEvent } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { area, carrier, jindong, openNetwork, pujiang, zone } from './network.js';
import { arrivalOf, authorisationAt, completionOf, idOf, passed } from './relay.js';
import type { OpenTransport } from './drained-transport.js';
import { startRelay } from './start-relay.js';
import type { RunningStation } from './start-station.js';
import { type Answer, type HttpCaller, type StationOverHttp, stationOverHttp } from './station-over-http.js';

const minute = 60_000;
const hour = 60 * minute;

/** A body in which tests look for fields by name. */
export interface Body {
  readonly [field: string]: unknown;
  readonly handoffId?: string;
  readonly driverId?: string;
}

/**
 * A station with its scheduler as people use them: every step is an HTTP request of who may ask for it, a minute after the
 * one before, and the scheduler has answered it before the next.
 */
export class RelayOverHttp {
  readonly operator: HttpCaller;
  readonly commandCentre: HttpCaller;

  private constructor(
    readonly running: RunningStation,
    readonly http: StationOverHttp,
  ) {
    this.operator = http.as({ role: 'operator', stations: [jindong, pujiang] });
    this.commandCentre = http.as({ role: 'command_centre', areas: [area] });
  }

  /** On a fresh database, with a network and without drivers. */
  static async open(openTransport?: OpenTransport, policyId?: string): Promise<RelayOverHttp> {
    const running = await startRelay(undefined, openTransport);
    await openNetwork(running, policyId);
    return RelayOverHttp.over(running);
  }

  /** On what runs already, which has a network. */
  static async over(running: RunningStation): Promise<RelayOverHttp> {
    return new RelayOverHttp(running, await stationOverHttp(running));
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.running.close();
    expect(this.http.faults).toEqual([]);
  }

  driver(driverId: string): HttpCaller {
    return this.http.as({ role: 'driver', driverId });
  }

  pass(minutes: number): void {
    const { clock } = this.running;
    clock.moveTo(clock.now() + minutes * minute);
  }

  /** Asks for a change that has to work. */
  async post(caller: HttpCaller, url: string, body: object = {}): Promise<Body> {
    const { status, body: answer } = await this.try(caller, url, body);
    expect([url, status < 300 ? 'works' : answer]).toEqual([url, 'works']);
    return answer;
  }

  /** Asks for a change that may be refused. */
  async try(caller: HttpCaller, url: string, body: object = {}): Promise<Omit<Answer, 'body'> & { body: Body }> {
    this.pass(1);
    const answer = await caller.post(`/api/v1/${url}`, body);
    await this.running.drain();
    return answer;
  }

  async get(url: string, caller = this.operator): Promise<Body> {
    const { status, body } = await caller.get(`/api/v1/${url}`);
    expect([url, status]).toEqual([url, 200]);
    return body;
  }

  /** A driver with his qualification; on shift for ten hours unless he lives outside or `onShift` says otherwise. */
  async enrol(
    driverId: string,
    { licences = ['A2'], insideZoneId = zone, onShift = insideZoneId !== null, carrierId }: Enrolling = {},
  ): Promise<void> {
    const enrolled = { driverId, areaCode: area, insideZoneId, licences, ...(carrierId && { carrierId }) };
    await this.post(this.operator, 'drivers', enrolled);
    const now = this.running.clock.now();
    await this.post(this.commandCentre, `drivers/${driverId}/credentials`, {
      credential: 'professional_qualification',
      validFrom: toIso(now - 24 * hour),
      validUntil: toIso(now + 365 * 24 * hour),
      issuer: '330700',
    });
    if (onShift) await this.startShift(driverId);
  }

  /** Drivers of the carrier from outside the zone. */
  async enrolOutside(...driverIds: string[]): Promise<void> {
    for (const driverId of driverIds) await this.enrol(driverId, { insideZoneId: null, carrierId: carrier });
  }

  startShift(driverId: string, stationCode = jindong): Promise<Body> {
    const endsAt = toIso(this.running.clock.now() + 10 * hour);
    return this.post(this.operator, `drivers/${driverId}/shift-start`, { stationCode, endsAt });
  }

  arrive(visit: string, plate: string, driverId: string, flow: Flow = 'into_zone', at = jindong): Promise<Body> {
    return this.post(this.operator, 'visits', arrivalOf(visit, plate, driverId, flow, at));
  }

  check(visit: string, checks: readonly CheckResult[] = passed, sealNumber?: string): Promise<Body> {
    return this.post(this.operator, `visits/${idOf(visit)}/checks`, { checks, ...(sealNumber && { sealNumber }) });
  }

  /** The visit with its handoff and who is assigned. */
  visit(visit: string): Promise<Body> {
    return this.get(`visits/${idOf(visit)}`);
  }

  /** Everything that the log says of the visit. */
  async history(visit: string): Promise<readonly YizhanEvent[]> {
    return (await this.get(`visits/${idOf(visit)}/history`)) as unknown as readonly YizhanEvent[];
  }

  /** Who was assigned accepts. @returns who it is. */
  async accept(visit: string): Promise<string> {
    const { handoffId, driverId = 'nobody' } = await this.visit(visit);
    await this.post(this.driver(driverId), `handoffs/${handoffId}/acceptance`, { driverId });
    return driverId;
  }

  async start(visit: string, bayCode = '1'): Promise<Body> {
    const { handoffId } = await this.visit(visit);
    const authorisation = authorisationAt(this.running.clock.now());
    return this.post(this.operator, `handoffs/${handoffId}/start`, { bayCode, authorisation });
  }

  async complete(visit: string, from: Party | string, seal?: Seal): Promise<Body> {
    const { handoffId, driverId = '' } = await this.visit(visit);
    const completion = completionOf(from, driverId, this.running.clock.now());
    return this.post(this.operator, `handoffs/${handoffId}/completion`, { ...completion, ...(seal && { seal }) });
  }

  depart(visit: string, outcome: DepartureOutcome = 'swapped', also: object = {}): Promise<Body> {
    return this.post(this.operator, `visits/${idOf(visit)}/departure`, { outcome, ...also });
  }

  move(plate: string, from: Party, to: Party, place: string, reason: string): Promise<Body> {
    return this.post(this.operator, `trucks/${plate}/custody`, { from, to, place, reason, items: [] });
  }

  /** Checked, and swapped with whom the scheduler chose, who drives on. @returns who it is. */
  async relay(visit: string, from: Party | string, also: object = {}): Promise<string> {
    await this.check(visit);
    const driverId = await this.accept(visit);
    await this.start(visit);
    await this.complete(visit, from);
    await this.depart(visit, 'swapped', also);
    return driverId;
  }

  /** `from` brings the truck; an hour in the zone begins for whom the scheduler chose. @returns who it is. */
  async sendIn(visit: string, plate: string, from: string): Promise<string> {
    await this.arrive(visit, plate, from);
    const driverId = await this.relay(visit, from, { runId: idOf(`run of ${plate}`) });
    this.pass(60);
    return driverId;
  }
}

interface Enrolling {
  readonly licences?: readonly Licence[];
  readonly insideZoneId?: string | null;
  readonly onShift?: boolean;
  readonly carrierId?: string;
}
