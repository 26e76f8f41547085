import { Logger } from '@nestjs/common';
import { Bell, type LogReader } from '@yizhan/event-log';
import { LogTail } from './log-tail.js';

/** A log in memory; the database is away while `isAway`. */
class Log {
  length = 0;
  reads = 0;
  isAway = false;

  readonly reader = {
    head: () => this.#read(() => this.length),
    documentsAfter: (position: number, limit: number) =>
      this.#read(() =>
        Array.from({ length: Math.max(0, Math.min(limit, this.length - position)) }, (_none, index) => ({
          position: position + index + 1,
          document: `document ${position + index + 1}`,
        })),
      ),
  } as unknown as LogReader;

  async #read<T>(give: () => T): Promise<T> {
    this.reads += 1;
    if (this.isAway) throw new Error('the database is away');
    return give();
  }
}

let log: Log;
let bell: Bell;
let tail: LogTail;

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));
beforeEach(() => {
  jest.useFakeTimers();
  [log, bell] = [new Log(), new Bell()];
  tail = new LogTail(log.reader, bell);
});
afterEach(async () => {
  await tail.onModuleDestroy();
  jest.useRealTimers();
});

const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);
const grow = async (entries: number): Promise<void> => {
  log.length += entries;
  bell.ring();
  await settle();
};

it('reads nothing while nobody follows', async () => {
  await grow(5);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(log.reads).toBe(0);
  expect(tail.head).toBeUndefined();
  expect(tail.remembered(0, 10)).toBeUndefined();
});

it('keeps what came since somebody follows, and tells him', async () => {
  log.length = 10;
  const told = jest.fn();
  tail.follow(told);
  await settle();
  await grow(3);
  expect(told).toHaveBeenCalledTimes(2);
  expect(tail.remembered(10, 2)?.map(({ position }) => position)).toEqual([11, 12]);
  expect(tail.remembered(12, 2)?.map(({ position }) => position)).toEqual([13]);
  expect(tail.remembered(13, 2)).toEqual([]);
  expect(tail.remembered(14, 2)).toEqual([]);
  expect(tail.remembered(9, 2)).toBeUndefined();
});

it('keeps a bounded number of entries, and the newest of them', async () => {
  tail.follow(() => undefined);
  await settle();
  for (let turn = 0; turn < 30; turn += 1) await grow(499);
  const newest = 30 * 499;
  expect(tail.head).toBe(newest);
  expect(tail.remembered(newest - 2_000, 5_000)).toHaveLength(2_000);
  expect(tail.remembered(newest - 4_001, 1)).toBeUndefined();
  // Behind what is kept, the table is asked.
  expect((await tail.after(3, 2)).map(({ position }) => position)).toEqual([4, 5]);
});

it('looks once a second where no bell rings', async () => {
  tail.follow(() => undefined);
  await settle();
  log.length = 2;
  await jest.advanceTimersByTimeAsync(1_000);
  expect(tail.head).toBe(2);
});

it('goes on after a database that was away, without a hole', async () => {
  tail.follow(() => undefined);
  await settle();
  log.isAway = true;
  await grow(700);
  log.isAway = false;
  await jest.advanceTimersByTimeAsync(1_000);
  expect(tail.remembered(0, 1_000)?.map(({ position }) => position)).toEqual(
    Array.from({ length: 700 }, (_none, index) => index + 1),
  );
});

it('forgets everything when the last one has gone, and begins anew with the next', async () => {
  const leave = tail.follow(() => undefined);
  await settle();
  await grow(5);
  leave();
  await settle();
  expect(tail.head).toBeUndefined();
  log.length = 9;
  tail.follow(() => undefined);
  await settle();
  expect(tail.head).toBe(9);
  expect(tail.remembered(5, 10)).toBeUndefined();
});
