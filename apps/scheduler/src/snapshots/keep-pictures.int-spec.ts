import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { eventSources } from '@yizhan/contracts';
import { Outbox } from '@yizhan/event-log';
import { ManualClock, RandomIds } from '@yizhan/kernel';
import { AreaStory, minute, monday } from '../../../../test/support/area-story.js';
import { graphDifference } from '../../../../test/support/graph-of.js';
import { RandomStory, seededNumbers } from '../../../../test/support/random-story.js';
import {
  openSchedulerGround,
  type RunningScheduler,
  type SchedulerGround,
} from '../../../../test/support/start-scheduler.js';
import { type AreaPicture, emptyPicture } from '../picture/area-picture.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import type { KeepingRule } from './keep-pictures.js';
import { KeptPictures } from './kept-pictures.js';

const atEnd: KeepingRule = { afterEvents: Infinity, afterMillis: 0, afterEventsAtEnd: 1 };
const never: KeepingRule = { ...atEnd, afterEventsAtEnd: Infinity };

let ground: SchedulerGround;

beforeEach(async () => {
  ground = await openSchedulerGround();
});
afterEach(() => ground.close());

/** Starts a scheduler, lets it take all that there is, looks at it, and stops it. */
async function once<T>(keeping: KeepingRule, look: (scheduler: RunningScheduler) => T, on = ground): Promise<T> {
  const scheduler = await on.start(undefined, keeping);
  await scheduler.drain();
  const seen = look(scheduler);
  await scheduler.stop();
  return seen;
}

const foldedBy = (scheduler: RunningScheduler): number => scheduler.get(WatchedAreas).folded;

interface KeptRow {
  readonly area_code: string;
  readonly position: number;
  readonly made_by: string;
}

const keptRows = (): Promise<KeptRow[]> =>
  ground.database.rows('SELECT area_code, position, made_by FROM scheduler.pictures ORDER BY area_code');

const pictureIn = (scheduler: RunningScheduler, areaCode = 'jinhua'): AreaPicture => {
  const picture = scheduler.get(WatchedAreas).picture(areaCode);
  if (!picture) throw new Error(`there is no picture of ${areaCode}`);
  return picture;
};

const threeDrivers = (areaCode = 'jinhua', zoneId = 'yiwu'): AreaStory =>
  new AreaStory(areaCode, zoneId).network().onShift('R1').onShift('R2').onShift('R3');

describe('a scheduler that starts again', () => {
  it('takes only what came after the pictures that were kept, of new areas and those without one from the first event', async () => {
    const [jinhua, ningbo, taizhou] = [
      threeDrivers(),
      threeDrivers('ningbo', 'beilun'),
      threeDrivers('taizhou', 'jiaojiang'),
    ];
    await ground.write(jinhua.waits('G1'));
    await ground.write(ningbo);
    const before = await once(atEnd, foldedBy);
    await ground.database.rows(`DELETE FROM scheduler.pictures WHERE area_code = 'ningbo'`);
    await ground.write(jinhua.waits('G2'));
    await ground.write(taizhou.waits('T1'));
    const head = (await ground.events()).length;
    const ofNingbo = (await ground.events()).filter(({ partitionkey }) => partitionkey === 'ningbo').length;
    const restarted = await ground.start(undefined, never);
    await restarted.drain();
    const decided = (await ground.events()).length - head;
    expect(decided).toBeGreaterThan(0);
    expect(foldedBy(restarted)).toBe(head - before + ofNingbo + decided);
    await ground.write(ningbo.waits('N1'));
    await ground.write(jinhua.waits('G3'));
    await restarted.drain();
    const whole = await once(never, (scheduler) => scheduler);
    for (const areaCode of ['jinhua', 'ningbo', 'taizhou']) {
      expect(graphDifference(pictureIn(restarted, areaCode), pictureIn(whole, areaCode))).toBeUndefined();
    }
    await restarted.stop();
  });

  it('decides as one that folds from the first event, wherever it is stopped', async () => {
    const other = await openSchedulerGround(new ManualClock(monday));
    try {
      const telling = [ground, other].map((on) => ({ on, told: new RandomStory(new AreaStory(), seededNumbers(7)) }));
      const random = seededNumbers(11);
      const spared: number[] = [];
      let now = monday;
      for (let stop = 0; stop < 12; stop += 1) {
        const steps = Array.from({ length: 1 + Math.floor(random() * 12) }, () => (now += minute));
        const folded: number[] = [];
        for (const { on, told } of telling) {
          const scheduler = await on.start(undefined, on === ground ? atEnd : never);
          for (const at of steps) {
            on.clock.moveTo(at);
            await on.write(told.step(at).story);
            await scheduler.drain();
          }
          folded.push(foldedBy(scheduler));
          await scheduler.stop();
        }
        spared.push((folded[1] ?? 0) - (folded[0] ?? 0));
      }
      expect(await ground.events()).toEqual(await other.events());
      expect((await ground.eventsOf('assignment.proposed')).length).toBeGreaterThan(10);
      // The first start has nothing to spare, each later one all that was folded before.
      expect(spared[0]).toBe(0);
      expect(spared.slice(1).every((events) => events > 50)).toBe(true);
    } finally {
      await other.close();
    }
  });

  it('keeps a picture while it runs once enough has happened, and none of an area whose decisions are on their way', async () => {
    const scheduler = await ground.start(undefined, { ...never, afterEvents: 10 });
    await ground.write(threeDrivers().waits('G1'));
    await ground.write(new AreaStory('ningbo', 'beilun').onShift('N1'));
    await scheduler.drain();
    const watched = [...scheduler.get(WatchedAreas).all()];
    watched[0]?.awaited.add('a decision that has not come back');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await keptRows()).toEqual([]);
    watched[0]?.awaited.clear();
    await until(async () => (await keptRows()).length > 0);
    expect(await keptRows()).toMatchObject([{ area_code: 'jinhua', position: pictureIn(scheduler).position }]);
    expect(watched.map(({ folded }) => folded < 10)).toEqual([true, true]);
    await scheduler.stop();
  });
});

describe('no picture is used', () => {
  const holds = 'UPDATE scheduler.pictures SET picture = $1, picture_digest = $2';
  /** By what is said of it, what happens to it. */
  const changes: Readonly<Record<string, readonly [sql: string, ...values: Buffer[]]>> = {
    'another version has made it': [`UPDATE scheduler.pictures SET made_by = 'other code'`],
    'the log has another entry': ['UPDATE scheduler.pictures SET event_id = gen_random_uuid()'],
    'the log has another entry at position': [`UPDATE scheduler.pictures SET entry_digest = sha256('other')`],
    'or none': ['UPDATE scheduler.pictures SET position = position + 1000'],
    'its bytes are damaged': [`UPDATE scheduler.pictures SET picture = overlay(picture placing '\\x00' from 200)`],
    'it cannot be read': [holds, ...withDigest(Buffer.from('no picture'))],
    'it is of something else': [holds, ...withDigest(serialize(emptyPicture('ningbo')))],
  };

  it.each(Object.entries(changes))('where %s', async (reason, [change, ...values]) => {
    await ground.write(threeDrivers().waits('G1'));
    const first = await once(atEnd, pictureIn);
    // What it has kept would have spared all of it.
    expect(await once(never, foldedBy)).toBe(0);
    await ground.database.rows(change, values);
    expect(await new KeptPictures(ground.database).read('jinhua')).toEqual({
      unusable: expect.stringContaining(reason),
    });
    const [folded, again] = await once(never, (scheduler) => [foldedBy(scheduler), pictureIn(scheduler)] as const);
    expect(folded).toBe((await ground.events()).length);
    expect(graphDifference(again, first)).toBeUndefined();
  });
});

describe('keeping', () => {
  /** Pictures of the area at two positions of its log, the older one first. */
  async function twoPictures(): Promise<[AreaPicture, AreaPicture]> {
    const story = threeDrivers();
    await ground.write(story);
    const older = await once(never, pictureIn);
    await ground.write(story.waits('G1'));
    return [older, await once(never, pictureIn)];
  }

  it('never goes back, but over what other code has made and what is of a log that is no more', async () => {
    const [older, newer] = await twoPictures();
    const [ours, others] = ['ours', 'others'].map((madeBy) => new KeptPictures(ground.database, madeBy));
    const isKept = async (): Promise<unknown> => (await keptRows()).map(({ position, made_by }) => [made_by, position]);
    expect(await ours?.write(newer)).toBe(true);
    expect(await ours?.write(older)).toBe(false);
    expect(await ours?.write(newer)).toBe(false);
    expect(await isKept()).toEqual([['ours', newer.position]]);
    expect(await others?.write(older)).toBe(true);
    expect(await isKept()).toEqual([['others', older.position]]);
    expect(await others?.write(newer)).toBe(true);
    await ground.database.rows('UPDATE scheduler.pictures SET event_id = gen_random_uuid()');
    expect(await others?.write(older)).toBe(true);
    expect(await isKept()).toEqual([['others', older.position]]);
  });

  it('waits for the entry that the picture goes up to: a message may come before it', async () => {
    const [, newer] = await twoPictures();
    const kept = new KeptPictures(ground.database);
    expect(await kept.write({ ...newer, position: newer.position + 5 })).toBe(false);
    expect(await kept.write({ ...newer, eventId: '01890000-0000-7000-8000-000000000000' })).toBe(false);
    expect(await keptRows()).toEqual([]);
  });

  it('leaves out the area of which something is parked, until it is built again without that', async () => {
    const [jinhua, ningbo] = [threeDrivers(), threeDrivers('ningbo', 'beilun')];
    await ground.write(jinhua.waits('G1'));
    await ground.write(ningbo.waits('N1'));
    await ground.events();
    await tellNonsense('jinhua');
    await ground.write(jinhua.waits('G2'));
    const scheduler = await ground.start(undefined, atEnd);
    await scheduler.drain();
    const parked = await ground.database.rows('SELECT subject FROM scheduler.parked_events');
    expect(parked).toEqual([{ subject: 'driver/nonsense' }]);
    await scheduler.stop();
    expect((await keptRows()).map(({ area_code }) => area_code)).toEqual(['ningbo']);
    // Whoever discards it lets the next one be whole without it.
    await ground.database.rows(
      `INSERT INTO scheduler.discarded_events (consumer_group, position, partition_key, subject, type, document, reason, discarded_by, discarded_at)
       SELECT consumer_group, position, partition_key, subject, type, document, 'test', 'tester', 0 FROM scheduler.parked_events`,
    );
    await once(atEnd, () => undefined);
    expect((await keptRows()).map(({ area_code }) => area_code)).toEqual(['jinhua', 'ningbo']);
  });
});

function withDigest(bytes: Buffer): Buffer[] {
  return [bytes, createHash('sha256').update(bytes).digest()];
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 20_000; !(await isSo());) {
    if (performance.now() > end) throw new Error('it has not come to that within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** An event that no fold can take: its instant is none. */
async function tellNonsense(areaCode: string): Promise<void> {
  const outbox = new Outbox(eventSources.station, ground.clock, new RandomIds(), () => undefined);
  const told = new AreaStory(areaCode).rests('R1', monday, monday).told.map((event) => ({
    ...event,
    subject: 'driver/nonsense',
    data: { driverId: 'R1', startedAt: 'never', endedAt: 'never' } as const,
  }));
  await ground.database.transaction(async (tx) => outbox.append(tx, { id: 'nonsense', causationId: 'told' }, told));
}
