import type { YizhanEvent } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { consumedTypes } from '../../docs/generate/consumed-types.js';
import { appendDocuments, withUnknownFields } from '../support/append-documents.js';
import { exampleEvents, examplesOf } from '../support/example-events.js';
import { area, openNetwork, outsideDriver, relayDriver } from '../support/network.js';
import { idOf, Relay } from '../support/relay.js';
import { type RunningStation, startStation } from '../support/start-station.js';

let station: RunningStation;
let relay: Relay;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await outsideDriver(station, 'O1');
  await relayDriver(station, 'R1');
  relay = new Relay(station);
  await relay.arrive('visit', 'G1', 'O1');
  await relay.check('visit');
});
afterAll(() => station.close());

/** Lets the station take documents that its own log holds. @returns how many of them wait for a person. */
async function take(documents: readonly YizhanEvent[]): Promise<number> {
  await appendDocuments(station.database, documents);
  // The station did not write them itself, so nothing has told its log.
  (station.ports.outbox as unknown as { wake: () => void }).wake();
  await station.drain();
  const [row] = await station.database.rows<{ aside: number }>(
    `SELECT (SELECT count(*) FROM station.parked_events) + (SELECT count(*) FROM station.quarantined) AS aside`,
  );
  return row?.aside ?? -1;
}

describe('the station', () => {
  it('takes every example of what it consumes, also of handoffs that it does not know', async () => {
    const examples = [...exampleEvents.values()].filter(({ type }) => consumedTypes.station.includes(type));
    expect(new Set(examples.map(({ type }) => type))).toEqual(new Set(consumedTypes.station));
    expect(await take(examples)).toBe(0);
    expect(await take(examples.map((event) => ({ ...withUnknownFields(event), id: idOf(event.id) })))).toBe(0);
    expect(await station.eventsOf('assignment.refused')).toEqual([]);
  });

  it('acts on an example as on a proposal of today, whatever later versions add', async () => {
    const [example] = examplesOf('assignment.proposed');
    const handoffId = await relay.handoffOf('visit');
    const data = { ...withUnknownFields(example.data), handoffId, visitId: idOf('visit'), driverId: 'R1' };
    const proposed = {
      ...example,
      id: idOf('proposal'),
      subject: `assignment/${handoffId}`,
      partitionkey: area,
      data,
    };
    expect(await take([{ ...proposed, time: toIso(station.clock.now()) }])).toBe(0);
    const answers = [
      ...(await station.eventsOf('handoff.assigned')),
      ...(await station.eventsOf('assignment.refused')),
    ];
    expect(answers.map(({ causationid, data: answer }) => [causationid, answer.handoffId, answer.driverId])).toEqual([
      [proposed.id, handoffId, 'R1'],
    ]);
  });
});
