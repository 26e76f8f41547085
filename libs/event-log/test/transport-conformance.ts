import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import type { Database, Transaction } from '@yizhan/persistence';
import { Consumer } from '../src/consumer.js';
import type { EventTransport } from '../src/event-transport.js';
import { ParkedEvents } from '../src/parked-events.js';
import { type Bench, openBench } from './bench.js';

/** A transport under test: how to make it run, and how to wait until it has nothing left to deliver. */
export interface TransportUnderTest {
  readonly transport: EventTransport;
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** What every transport has to keep, whatever carries the entries. */
export function transportConformance(
  name: string,
  open: (bench: Bench) => Promise<TransportUnderTest>,
  /** Most events that the consumers take in one transaction. */
  together = 1,
): void {
  describe(`transport ${name}`, () => {
    jest.setTimeout(60_000);
    let bench: Bench;
    let under: TransportUnderTest;

    beforeEach(async () => {
      bench = await openBench();
      under = await open(bench);
    });

    afterEach(async () => {
      await under.close();
      await bench.close();
    });

    const subscribe = async (handle: (event: YizhanEvent, tx: Transaction) => Promise<void>): Promise<Consumer> => {
      const consumer = new Consumer({
        group: 'tester',
        database: bench.service,
        schema: 'station',
        clock: bench.clock,
        effect: 'transaction',
        together,
        handles: (type) => type !== 'yizhan.station.closed.v1',
        handle: (event, tx) => handle(event, tx as Transaction),
      });
      await under.transport.subscribe(consumer);
      return consumer;
    };
    const recordEffect = async (event: YizhanEvent, tx: Transaction): Promise<void> => {
      await tx.rows('INSERT INTO station.effects (subject, sequence, event_id) VALUES ($1, $2, $3)', [
        event.subject,
        event.sequence,
        event.id,
      ]);
    };

    it('delivers every committed event once, in order per subject, under 8 writers that also roll back', async () => {
      await subscribe(recordEffect);
      await Promise.all(Array.from({ length: 8 }, (_, writer) => writeAndRollBack(bench, writer, 40)));
      await under.settle();
      const effects = await effectsOf(bench.service);
      expect(effects).toHaveLength(8 * 40);
      for (let writer = 0; writer < 8; writer += 1) {
        const own = effects.filter((effect) => effect.subject === `visit/w${writer}`).map((effect) => effect.sequence);
        expect(own).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      }
    });

    it('neither loses a late commit nor waits for it', async () => {
      await subscribe(recordEffect);
      let finish: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (finish = resolve));
      const late = bench.service.transaction(async (tx) => {
        // Sent at once, not with the commit: the id is taken now and seen late.
        tx.onCommit(() => bench.onCommit());
        await tx.rows('SELECT event_log.append($1)', [bench.lines(['visit/late'])]);
        await held;
      });
      await pause(50);
      for (let index = 0; index < 10; index += 1) await bench.write(`on-time-${index}`, ['visit/on-time']);
      await under.settle();
      expect((await effectsOf(bench.service)).map((effect) => effect.subject)).toEqual(Array(10).fill('visit/on-time'));
      finish();
      await late;
      await under.settle();
      expect((await effectsOf(bench.service)).at(-1)?.subject).toBe('visit/late');
    });

    it('has one effect where entries come again', async () => {
      const first = await subscribe(recordEffect);
      await bench.write('a', ['visit/1', 'visit/2']);
      await under.settle();
      await under.transport.unsubscribe(first);
      await bench.service.rows(`DELETE FROM station.consumed WHERE partition_key = '*'`);
      await subscribe(recordEffect);
      await bench.write('b', ['visit/1']);
      await under.settle();
      expect(
        (await effectsOf(bench.service)).map((effect) => `${effect.subject} ${effect.sequence}`).toSorted(),
      ).toEqual(['visit/1 1', 'visit/1 2', 'visit/2 1']);
    });

    it('parks the subject of a failing handler only, keeps nothing of its effect, and continues in order when released', async () => {
      let broken = true;
      await subscribe(async (event, tx) => {
        await recordEffect(event, tx);
        if (broken && event.subject === 'visit/bad' && Number(event.sequence) >= 2) throw new Error('cannot handle');
      });
      for (let index = 0; index < 4; index += 1) await bench.write(`p${index}`, ['visit/bad', 'visit/good']);
      await under.settle();
      expect(await sequencesOf(bench.service, 'visit/good')).toEqual([1, 2, 3, 4]);
      expect(await sequencesOf(bench.service, 'visit/bad')).toEqual([1]);
      const parked = new ParkedEvents(bench.service, 'station');
      expect((await parked.list()).map(({ subject, state }) => [subject, state])).toEqual([
        ['visit/bad', 'retrying'],
        ['visit/bad', 'waiting'],
        ['visit/bad', 'waiting'],
      ]);
      expect((await parked.list())[0]?.error).toContain('cannot handle');
      broken = false;
      expect(await parked.release('tester', 'visit/bad')).toBe(3);
      await under.settle();
      expect(await sequencesOf(bench.service, 'visit/bad')).toEqual([1, 2, 3, 4]);
      expect(await parked.list()).toEqual([]);
    });

    it('continues a parked subject that was left in the middle', async () => {
      let broken = true;
      const first = await subscribe(async (event, tx) => {
        if (broken) throw new Error('cannot handle');
        await recordEffect(event, tx);
      });
      for (let index = 0; index < 3; index += 1) await bench.write(`m${index}`, ['visit/bad']);
      await under.settle();
      await under.transport.unsubscribe(first);
      // As after a kill between two retries: the first is handled, the others still wait behind it.
      await bench.service.rows(
        'DELETE FROM station.parked_events WHERE position = (SELECT min(position) FROM station.parked_events)',
      );
      broken = false;
      await subscribe(recordEffect);
      await under.settle();
      expect(await sequencesOf(bench.service, 'visit/bad')).toEqual([2, 3]);
    });

    it('tries a subject that was released too early once, and waits again', async () => {
      let attempts = 0;
      await subscribe(async () => {
        attempts += 1;
        throw new Error('not mended');
      });
      for (let index = 0; index < 3; index += 1) await bench.write(`r${index}`, ['visit/bad']);
      await under.settle();
      await new ParkedEvents(bench.service, 'station').release('tester', 'visit/bad');
      const before = attempts;
      for (let round = 0; round < 5; round += 1) await under.settle();
      expect(attempts).toBe(before + 1);
    });

    it('gives up after five attempts and waits for a person', async () => {
      let attempts = 0;
      await subscribe(async () => {
        attempts += 1;
        throw new Error('never');
      });
      await bench.write('x', ['visit/bad']);
      for (let round = 0; round < 8; round += 1) {
        await under.settle();
        bench.clock.moveTo(bench.clock.now() + 200_000);
      }
      expect(attempts).toBe(5);
      const [left] = await new ParkedEvents(bench.service, 'station').list();
      expect(left?.state).toBe('parked');
    });

    it('waits for a database that is away instead of parking', async () => {
      let away = 2;
      await subscribe(async (event, tx) => {
        if (away > 0) {
          away -= 1;
          throw Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
        }
        await recordEffect(event, tx);
      });
      await bench.write('x', ['visit/1']);
      for (let round = 0; round < 3; round += 1) await under.settle().catch(() => undefined);
      expect(await sequencesOf(bench.service, 'visit/1')).toEqual([1]);
      expect(await new ParkedEvents(bench.service, 'station').list()).toEqual([]);
    });

    it('puts what cannot be read aside with the reason and goes on', async () => {
      await bench.write('a', ['visit/1']);
      await bench.sequenceAll();
      await bench.spoilNewestEntry('{"specversion":"1.0","id":');
      await subscribe(recordEffect);
      await bench.write('b', ['visit/2']);
      await under.settle();
      expect(await sequencesOf(bench.service, 'visit/2')).toEqual([1]);
      const aside = await bench.service.rows<{ reason: string }>('SELECT reason FROM station.quarantined');
      expect(aside.map((row) => row.reason)).toEqual([expect.stringContaining('no JSON')]);
    });
  });
}

async function writeAndRollBack(bench: Bench, writer: number, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await bench.service
      .transaction(async (tx) => {
        await tx.rows('SELECT event_log.append($1)', [bench.lines([`visit/w${writer}`])]);
        throw new Error('rolled back on purpose');
      })
      .catch((error: Error) => expect(error.message).toBe('rolled back on purpose'));
    await bench.write(`w${writer}-${index}`, [`visit/w${writer}`]);
  }
}

interface Effect {
  readonly subject: string;
  readonly sequence: number;
}

const effectsOf = (database: Database): Promise<Effect[]> =>
  database.rows<Effect>('SELECT subject, sequence FROM station.effects ORDER BY effect_id');

async function sequencesOf(database: Database, subject: string): Promise<number[]> {
  return (await effectsOf(database)).filter((effect) => effect.subject === subject).map((effect) => effect.sequence);
}
