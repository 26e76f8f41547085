import type { EventName, YizhanEvent } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { enterprise, jindong, openNetwork, outsideDriver, relayDriver, zone } from './network.js';
import { idOf, Relay, truckOf } from './relay.js';
import { type RunningStation, startStation } from './start-station.js';
import { type Answer, type HttpCaller, type StationOverHttp, stationOverHttp } from './station-over-http.js';
import { brokenRules } from './verified.js';

const minute = 60_000;

export interface Named {
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly eventId: string;
}

/** A station whose shift lead takes back and puts right the last event of a type. Every request is a minute after the one before. */
export class CorrectionsOverHttp {
  readonly relay: Relay;
  readonly lead: HttpCaller;

  private constructor(
    readonly running: RunningStation,
    readonly http: StationOverHttp,
  ) {
    this.relay = new Relay(running);
    this.lead = http.as({ role: 'shift_lead', stations: [jindong] });
  }

  /** On a fresh database: O1 and O2 come from outside, R1 is on shift. */
  static async open(): Promise<CorrectionsOverHttp> {
    const running = await startStation();
    await openNetwork(running);
    await Promise.all(['O1', 'O2'].map((driverId) => outsideDriver(running, driverId)));
    await relayDriver(running, 'R1', { hours: 12 });
    return new CorrectionsOverHttp(running, await stationOverHttp(running));
  }

  /** Whatever was corrected: the log keeps all ten rules. */
  async close(): Promise<void> {
    await this.http.close();
    const broken = await brokenRules(this.running);
    await this.running.close();
    expect(this.http.faults).toEqual([]);
    expect(broken).toEqual({});
  }

  async last<N extends EventName>(name: N): Promise<YizhanEvent<N>> {
    const found = (await this.running.eventsOf(name)).at(-1);
    if (!found) throw new Error(`no ${name}`);
    return found;
  }

  async retract(name: EventName, caller = this.lead): Promise<Answer> {
    return this.takeBack(await this.named(name), caller);
  }

  async correct(name: EventName, data: object, caller = this.lead): Promise<Answer> {
    return this.putRight(await this.named(name), data, caller);
  }

  /** Nothing of what is on its way to the log goes there before. */
  takeBack(event: Named, caller = this.lead): Promise<Answer> {
    return caller.post('/api/v1/corrections/retractions', { ...event, reason: 'did_not_occur' });
  }

  /** As `takeBack`. */
  putRight(event: Named, data: object, caller = this.lead): Promise<Answer> {
    return caller.post('/api/v1/corrections/replacements', { ...event, reason: 'incorrect_data', data });
  }

  async visit(name = 'v'): Promise<Readonly<Record<string, unknown>>> {
    return (await this.lead.get(`/api/v1/visits/${idOf(name)}`)).body;
  }

  async corrections(name = 'v'): Promise<unknown> {
    await this.running.drain();
    return (await this.lead.get(`/api/v1/visits/${idOf(name)}/corrections`)).body;
  }

  ask(url: string, body: object = {}): Promise<Answer> {
    const { clock } = this.running;
    clock.moveTo(clock.now() + minute);
    return this.lead.post(`/api/v1/${url}`, body);
  }

  step(what: string, body: object = {}): Promise<Answer> {
    return this.ask(`visits/${idOf('v')}/${what}`, body);
  }

  async announce(): Promise<void> {
    const { status } = await this.ask('visits/announcements', {
      visitId: idOf('v'),
      stationCode: jindong,
      zoneId: zone,
      flow: 'into_zone',
      truck: truckOf('G1'),
      expectedAt: toIso(this.running.clock.now()),
      consignments: [{ id: 'c1', enterpriseId: enterprise, category: 'parts', tonnes: 2 }],
    });
    expect(status).toBe(201);
  }

  /** The last event of the type, as a request names it. */
  async named(name: EventName): Promise<Named> {
    const { id: eventId, subject } = await this.last(name);
    const [subjectKind = '', subjectId = ''] = subject.split('/');
    const { clock } = this.running;
    clock.moveTo(clock.now() + minute);
    return { subjectKind, subjectId, eventId };
  }
}
