import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import { Consumer } from '../src/consumer.js';
import { type Bench, openBench } from './bench.js';

let bench: Bench;
let consumer: Consumer;
const handled: string[] = [];

beforeEach(async () => {
  handled.length = 0;
  bench = await openBench();
  consumer = new Consumer({
    group: 'tester',
    database: bench.service,
    schema: 'station',
    clock: bench.clock,
    effect: 'transaction',
    handles: () => true,
    handle: async ({ position }) => void handled.push(position),
  });
  // Entries are told early only behind what the same sequencer has written.
  await bench.write('before', ['station/JX'], 'B');
  await bench.sequenceAll();
  await consumer.adopt({ gained: [], kept: [], isOwn: () => true }, bench.reader);
});
afterEach(() => bench.close());

const quarantined = async (): Promise<number> => (await bench.service.rows('SELECT 1 FROM station.quarantined')).length;

/** A pass that tells its entries and then holds its commit back. @returns the entries, and how to commit. */
async function heldBack(): Promise<{ told: readonly YizhanEvent[]; commit(): Promise<void> }> {
  let told: readonly YizhanEvent[] = [];
  const pass = bench.sequencer.sequence((entries) => {
    told = entries.map(({ event }) => event);
    throw new Error('not yet');
  });
  await expect(pass).rejects.toThrow('not yet');
  return { told, commit: bench.sequenceAll };
}

it('takes a message that came before its entry was committed', async () => {
  await bench.write('a', ['visit/1']);
  await bench.write('b', ['visit/1']);
  const { told, commit } = await heldBack();
  const [, second] = told as [YizhanEvent, YizhanEvent];
  // The first has not come: there is a hole, and the log has neither.
  const taking = consumer.takeOfKey(second, bench.reader);
  await pause(200);
  expect(handled).toEqual([]);
  await commit();
  expect(await taking).toBe(2);
  expect(handled).toEqual(['2', '3']);
  expect(await quarantined()).toBe(0);
});

it('sets a message aside whose position the log never has', async () => {
  await bench.write('a', ['visit/1']);
  const { told } = await heldBack();
  const [event] = told as [YizhanEvent];
  expect(await consumer.takeOfKey({ ...event, position: '9', previous: '8' }, bench.reader)).toBe(0);
  expect(handled).toEqual([]);
  expect(await quarantined()).toBe(1);
});
