import type { YizhanEvent } from '@yizhan/contracts';
import { Consumer } from '../src/consumer.js';
import { DiscardedEvents } from '../src/discarded-events.js';
import { EmbeddedTransport } from '../src/embedded-transport.js';
import { ParkedEvents } from '../src/parked-events.js';
import { QuarantinedMessages } from '../src/quarantined-messages.js';
import { type Bench, openBench } from './bench.js';

let bench: Bench;
let transport: EmbeddedTransport;
let parked: ParkedEvents;
let discarded: DiscardedEvents;
let quarantined: QuarantinedMessages;
/** What the handler says of an event; nothing where it is handled. */
let errorOf: (event: YizhanEvent) => string | undefined;
let handled: string[];

const group = 'tester';
const seven = '01900000-0000-7000-8000-000000000007';
const eight = '01900000-0000-7000-8000-000000000008';
const why = { reason: 'typed twice at the gate', by: 'administrator:lin', at: 1_700_000_009_000 };
const nameOf = ({ subject, sequence }: YizhanEvent): string => `${subject} ${sequence}`;

beforeEach(async () => {
  bench = await openBench();
  transport = new EmbeddedTransport({
    reader: bench.reader,
    sequencer: bench.sequencer,
    onFault: (where, error) => {
      throw new Error(where, { cause: error });
    },
  });
  bench.onCommit = transport.wake;
  parked = new ParkedEvents(bench.service, 'station');
  discarded = new DiscardedEvents(bench.service, 'station');
  quarantined = new QuarantinedMessages(bench.service, 'station');
  errorOf = () => undefined;
  handled = [];
  await listen(group);
});
afterEach(() => bench.close());

async function listen(who: string, effect: 'transaction' | 'memory' = 'transaction'): Promise<Consumer> {
  const consumer = new Consumer({
    group: who,
    database: bench.service,
    schema: 'station',
    clock: bench.clock,
    effect,
    handles: () => true,
    handle: async (event) => {
      const error = errorOf(event);
      if (error !== undefined) throw new TypeError(error);
      if (who === group) handled.push(nameOf(event));
    },
  });
  await transport.subscribe(consumer);
  return consumer;
}

/** Writes one event for each subject, in this order, and hands them out. Positions count from 1. */
async function write(...subjects: string[]): Promise<void> {
  for (const subject of subjects) await bench.write(`${subject} ${String(Math.random())}`, [subject]);
  await transport.drain();
}

const fails =
  (...errors: readonly (readonly [subject: string, error: string])[]) =>
  ({ subject }: YizhanEvent): string | undefined =>
    errors.find(([of]) => of === subject)?.[1];

/** visit/7 at 1 and 4, visit/8 at 2, visit/9 at 3 and 5, all held up; visit/0 at 6 is handled. */
async function threeHeldUp(): Promise<void> {
  errorOf = fails(['visit/7', `no truck ${seven}`], ['visit/8', `no truck ${eight}`], ['visit/9', '100 % full']);
  await write('visit/7', 'visit/8', 'visit/9', 'visit/7', 'visit/9', 'visit/0');
}

describe('what is parked', () => {
  it('is listed by group, handler, error, state and subject, a page at a time', async () => {
    await listen('other');
    await threeHeldUp();
    const at = async (...[filter, stretch]: Parameters<ParkedEvents['list']>): Promise<number[]> =>
      (await parked.list({ group, ...filter }, stretch)).map(({ position }) => position);
    expect(await at()).toEqual([1, 2, 3, 4, 5]);
    expect(await parked.list()).toHaveLength(10);
    expect(await at({}, { after: 2, limit: 2 })).toEqual([3, 4]);
    expect(await at({ type: 'yizhan.station.resumed.v1' })).toEqual([1, 2, 3, 4, 5]);
    expect(await at({ type: 'station.resumed' })).toEqual([1, 2, 3, 4, 5]);
    expect(await at({ type: 'station.closed' })).toEqual([]);
    expect(await at({ error: 'NO TRUCK' })).toEqual([1, 2]);
    expect(await at({ error: seven })).toEqual([1]);
    expect(await at({ error: 'no truck …' })).toEqual([1, 2]);
    expect(await at({ error: '0 %' })).toEqual([3]);
    expect(await at({ error: 'n%k' })).toEqual([]);
    expect(await at({ state: 'waiting' })).toEqual([4, 5]);
    expect(await at({ subject: 'visit/7' })).toEqual([1, 4]);
    expect(await at({ subject: 'visit/0' })).toEqual([]);
  });

  it('is summed up by handler and error without the ids in it: subjects, those for a person, events', async () => {
    await threeHeldUp();
    for (let round = 0; round < 6; round += 1) {
      bench.clock.moveTo(bench.clock.now() + 200_000);
      await transport.drain();
    }
    errorOf = fails(['visit/6', `no truck ${eight}`], ['visit/5', 'plate G12345, no handler for visit.arrived.v1']);
    await write('visit/6', 'visit/5');
    const summary = await parked.summary();
    expect(summary).toMatchObject([
      { error: 'TypeError: no truck …', subjects: 3, forPerson: 2, events: 4, oldestPosition: 1 },
      { error: 'TypeError: … % full', subjects: 1, forPerson: 1, events: 2, oldestPosition: 3 },
      { error: 'TypeError: plate G…, no handler for visit.arrived.v1', subjects: 1, forPerson: 0, events: 1 },
    ]);
    expect(summary[0]).toMatchObject({ group, type: 'yizhan.station.resumed.v1', oldestParkedAt: 1_700_000_000_000 });
    expect(await parked.summary('nobody')).toEqual([]);
  });

  it('is shown whole, with what the log has of its subject', async () => {
    await threeHeldUp();
    await discarded.discard(group, 1, why);
    const first = await parked.show(group, 3);
    expect(first).toMatchObject({
      group,
      position: 3,
      partitionKey: 'A',
      subject: 'visit/9',
      state: 'retrying',
      attempts: 1,
      error: 'TypeError: 100 % full',
      nextAttemptAt: bench.clock.now() + 1_000,
      parkedAt: bench.clock.now(),
      firstOfSubject: 3,
      behind: 1,
    });
    expect(JSON.parse(first.document)).toMatchObject({
      subject: 'visit/9',
      position: '3',
      data: { stationCode: 'JD' },
    });
    const second = await parked.show(group, 4);
    expect(second).toMatchObject({ firstOfSubject: 4, behind: 0, attempts: 0, error: null });
    expect(second.history).toEqual([
      expect.objectContaining({ position: 1, state: 'discarded', recordedAt: bench.clock.now() }),
      expect.objectContaining({ position: 4, state: 'waiting', type: 'yizhan.station.resumed.v1' }),
    ]);
    for (const position of [6, 99]) {
      await expect(parked.show(group, position)).rejects.toMatchObject({
        kind: 'not_found',
        code: 'PARKED_EVENT.NOT_FOUND',
        details: { position },
      });
    }
  });
});

describe('a release', () => {
  it('of one event sets its subject going, and no other', async () => {
    await threeHeldUp();
    errorOf = () => undefined;
    expect(await parked.releaseOne(group, 1)).toEqual({ subjects: 1, events: 2 });
    expect(await parked.show(group, 1)).toMatchObject({ state: 'released', attempts: 0 });
    await transport.drain();
    expect(handled).toEqual(['visit/0 1', 'visit/7 1', 'visit/7 2']);
  });

  it('of an event that waits behind another names that one', async () => {
    await threeHeldUp();
    await expect(parked.releaseOne(group, 4)).rejects.toMatchObject({
      kind: 'illegal_state',
      code: 'PARKED_EVENT.NOT_FIRST',
      message: 'event 4 of visit/7 waits behind event 1: release or discard that first',
      details: { position: 4, subject: 'visit/7', firstPosition: 1 },
    });
    await expect(parked.releaseOne(group, 6)).rejects.toMatchObject({ code: 'PARKED_EVENT.NOT_FOUND' });
    await expect(parked.releaseOne('other', 1)).rejects.toMatchObject({ code: 'PARKED_EVENT.NOT_FOUND' });
    expect(await parked.list({ state: 'released' })).toEqual([]);
  });

  it('of a group takes those with the error and the handler that are asked for', async () => {
    await threeHeldUp();
    await listen('other');
    await transport.drain();
    errorOf = () => undefined;
    expect(await parked.releaseAll(group, { error: 'no truck …', type: 'station.closed' })).toEqual({
      subjects: 0,
      events: 0,
    });
    expect(await parked.releaseAll(group, { error: 'no truck …', type: 'station.resumed' })).toEqual({
      subjects: 2,
      events: 3,
    });
    await transport.drain();
    expect(handled).toEqual(['visit/0 1', 'visit/7 1', 'visit/7 2', 'visit/8 1']);
    expect(await parked.releaseAll(group)).toEqual({ subjects: 1, events: 2 });
    await transport.drain();
    expect(await parked.list({ group })).toEqual([]);
    expect(await parked.list({ group: 'other', state: 'released' })).toEqual([]);
  });
});

describe('a discard', () => {
  it('takes the first event out, keeps it with the reason, and lets the later ones go on by themselves', async () => {
    await threeHeldUp();
    errorOf = fails(['visit/8', 'no truck']);
    const gone = await discarded.discard(group, 1, why);
    expect(gone).toMatchObject({
      group,
      position: 1,
      partitionKey: 'A',
      subject: 'visit/7',
      type: 'yizhan.station.resumed.v1',
      error: `TypeError: no truck ${seven}`,
      reason: why.reason,
      discardedBy: why.by,
      discardedAt: why.at,
    });
    expect(JSON.parse(gone.document)).toMatchObject({ position: '1', subject: 'visit/7' });
    await transport.drain();
    expect(handled).toEqual(['visit/0 1', 'visit/7 2']);
    await write('visit/7');
    expect(handled).toEqual(['visit/0 1', 'visit/7 2', 'visit/7 3']);
    expect(await discarded.list(group)).toEqual([gone]);
    expect(await discarded.list('other')).toEqual([]);
  });

  it('holds where memory is built again from the first event', async () => {
    await write('visit/9');
    errorOf = fails(['visit/9', 'no truck']);
    const first = await listen('rebuilder', 'memory');
    await transport.drain();
    await discarded.discard('rebuilder', 1, why);
    await transport.unsubscribe(first);
    await listen('rebuilder', 'memory');
    await transport.drain();
    expect(await parked.list({ group: 'rebuilder' })).toEqual([]);
  });

  it('of the only event of a subject frees the subject', async () => {
    await threeHeldUp();
    await discarded.discard(group, 2, why);
    errorOf = () => undefined;
    await write('visit/8');
    expect(handled).toContain('visit/8 2');
    expect(await parked.list({ subject: 'visit/8' })).toEqual([]);
  });

  it('is refused for what is not first, not parked, or discarded for another reason', async () => {
    await threeHeldUp();
    await expect(discarded.discard(group, 5, why)).rejects.toMatchObject({
      code: 'PARKED_EVENT.NOT_FIRST',
      details: { firstPosition: 3 },
    });
    for (const position of [6, 99]) {
      await expect(discarded.discard(group, position, why)).rejects.toMatchObject({ code: 'PARKED_EVENT.NOT_FOUND' });
    }
    const gone = await discarded.discard(group, 2, why);
    expect(await discarded.discard(group, 2, { ...why, at: why.at + 1 })).toEqual(gone);
    for (const other of [{ reason: 'another' }, { by: 'administrator:wang' }]) {
      await expect(discarded.discard(group, 2, { ...why, ...other })).rejects.toMatchObject({
        kind: 'conflict',
        code: 'PARKED_EVENT.DISCARDED_ALREADY',
      });
    }
    expect(await discarded.list(group, { after: 0, limit: 5 })).toEqual([gone]);
    expect(await discarded.list(group, { after: 2 })).toEqual([]);
  });

  it('loses to the handler that has the event in hand, and changes nothing then', async () => {
    await threeHeldUp();
    let handle: () => void = () => undefined;
    const inHand = new Promise<void>((resolve) => (handle = resolve));
    const working = bench.service.transaction(async (tx) => {
      await tx.rows('DELETE FROM station.parked_events WHERE consumer_group = $1 AND position = 2', [group]);
      await inHand;
    });
    const discarding = discarded.discard(group, 2, why).catch((error: unknown) => error);
    await untilSomebodyWaits();
    handle();
    await working;
    expect(await discarding).toMatchObject({ code: 'PARKED_EVENT.NOT_FOUND' });
    expect(await discarded.list(group)).toEqual([]);
  });

  async function untilSomebodyWaits(): Promise<void> {
    for (;;) {
      const [row] = await bench.log.rows<{ waiting: number }>(
        `SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`,
      );
      if (row && row.waiting > 0) return;
      await new Promise((done) => setTimeout(done, 10));
    }
  }
});

it('shows what could not be read, with the reason, a page at a time', async () => {
  const raw = ['{"specversion":"1.0","id":', '[]', 'nothing'];
  for (const [index, each] of raw.entries()) {
    await bench.write(`q${index}`, ['visit/1']);
    await bench.sequenceAll();
    await bench.spoilNewestEntry(each);
    await transport.drain();
  }
  const [first, ...others] = await quarantined.list(group);
  expect(first).toMatchObject({ group, place: 'position 1', raw: raw[0], quarantinedAt: bench.clock.now() });
  expect(first?.reason).toMatch(/no JSON/);
  expect(others.map((each) => each.raw)).toEqual(raw.slice(1));
  const [second] = await quarantined.list(group, { after: first, limit: 1 });
  expect(second).toEqual(others[0]);
  expect(await quarantined.list('other')).toEqual([]);
});
