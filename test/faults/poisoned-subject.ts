import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type EventName, eventType, type YizhanEvent } from '@yizhan/contracts';
import { EventContext, EventLogServer, ParkedEvents, PassHandlerErrors } from '@yizhan/event-log';
import type { OpenTransport } from '../support/drained-transport.js';
import { openNetwork, outsideDriver, relayDriver } from '../support/network.js';
import { idOf, Relay } from '../support/relay.js';
import { type RunningStation, startStation } from '../support/start-station.js';
import { brokenRules } from '../support/verified.js';

const WITNESS_EVENTS = Symbol.for('yizhan/witness');
const witnessed: readonly EventName[] = [
  'visit.arrived',
  'visit.checked',
  'handoff.requested',
  'handoff.assigned',
  'handoff.accepted',
  'handoff.started',
  'handoff.completed',
  'cargo.released',
  'visit.departed',
  'run.opened',
];

/** Remembers what it was told, and cannot be told of one subject. */
@Controller()
class Witness {
  readonly told: string[] = [];
  poisoned: string | undefined;
  attempts = 0;

  @EventPattern<string[]>(witnessed.map(eventType), WITNESS_EVENTS)
  async see(@Payload() event: YizhanEvent, @Ctx() { tx }: EventContext): Promise<void> {
    await tx.rows('SELECT 1');
    if (event.subject === this.poisoned) {
      this.attempts += 1;
      throw new Error('cannot be handled');
    }
    this.told.push(event.id);
  }
}

@Module({ controllers: [Witness] })
class WitnessModule {}

/** Ruling 14, whatever carries the events. */
export function poisonedSubject(openTransport: OpenTransport): void {
  let station: RunningStation;
  let relay: Relay;
  let app: INestMicroservice;
  let witness: Witness;
  let parked: ParkedEvents;
  const bad = `visit/${idOf('bad')}`;

  /** Everything that the witness should know by now, of the bad visit or of all else, in the order of the log. */
  async function inTheLog(isBad: boolean): Promise<string[]> {
    const types = new Set<string>(witnessed.map(eventType));
    const events = await station.events();
    return events.filter(({ type, subject }) => types.has(type) && (subject === bad) === isBad).map(({ id }) => id);
  }

  async function hear(): Promise<void> {
    await station.drain();
  }

  beforeAll(async () => {
    station = await startStation({ openTransport });
    await openNetwork(station);
    relay = new Relay(station);
    for (const truck of ['1', '2', '3']) {
      await outsideDriver(station, `O${truck}`);
      await relayDriver(station, `R${truck}`);
    }
    const { database, clock } = station.ports;
    const settings = { group: 'witness', database, schema: 'station', clock, effect: 'transaction' as const };
    const strategy = new EventLogServer({ ...settings, mark: WITNESS_EVENTS, transport: station.transport });
    app = await NestFactory.createMicroservice(WitnessModule, { strategy, logger: ['error'], abortOnError: false });
    app.useGlobalFilters(new PassHandlerErrors());
    await app.listen();
    witness = app.get(Witness);
    parked = new ParkedEvents(database, 'station');
  });
  afterAll(async () => {
    await app.close();
    await station.close();
  });

  test('14. Poisoned: an event of one truck cannot be handled: its later events wait, all others go on; released, it continues in order', async () => {
    witness.poisoned = bad;
    await relay.arrive('bad', 'G1', 'O1');
    await relay.arrive('good', 'G2', 'O2');
    await hear();
    await relay.ready('bad', 'R1');
    await relay.ready('good', 'R2');
    await hear();
    expect(witness.told).toEqual(await inTheLog(false));
    expect((await parked.list()).map(({ subject, state }) => [subject, state])).toEqual([
      [bad, 'retrying'],
      ...Array.from({ length: 4 }, () => [bad, 'waiting']),
    ]);

    for (const visit of ['good', 'bad']) {
      station.clock.moveTo(station.clock.now() + 130_000);
      await relay.start(visit, visit === 'good' ? '1' : '2');
      await hear();
    }
    await relay.complete('good', 'O2', 'R2');
    await relay.complete('bad', 'O1', 'R1');
    await relay.depart('good');
    await hear();
    station.clock.moveTo(station.clock.now() + 130_000);
    await hear();
    expect(witness.attempts).toBe(5);
    expect((await parked.list())[0]).toMatchObject({
      group: 'witness',
      subject: bad,
      type: 'yizhan.visit.arrived.v1',
      state: 'parked',
      attempts: 5,
      error: expect.stringContaining('cannot be handled') as unknown,
    });
    expect(witness.told).toEqual(await inTheLog(false));

    const before = witness.told.length;
    const behind = await inTheLog(true);
    witness.poisoned = undefined;
    expect(await parked.release('witness', bad)).toBe(behind.length);
    await hear();
    expect(witness.told.slice(before)).toEqual(behind);
    expect(await parked.list()).toEqual([]);

    await relay.depart('bad');
    await relay.swap('next', 'G3', 'O3', 'R3');
    await relay.depart('next');
    await hear();
    expect(witness.told.toSorted()).toEqual([...(await inTheLog(false)), ...(await inTheLog(true))].toSorted());
    expect(await brokenRules(station)).toEqual({});
  });
}
