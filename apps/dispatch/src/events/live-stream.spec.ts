import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { LiveStream, type LiveStreamSettings } from './live-stream.js';
import { LoggedEvent } from './logged-event.js';
import { SharedFrames } from './shared-frames.js';
import type { LogTail } from './log-tail.js';

/** An answer whose client takes what it is sent only where told to. */
class Answer extends EventEmitter {
  written: string[] = [];
  writableNeedDrain = false;
  writableEnded = false;
  destroyed = false;
  isSlow = false;

  writeHead(): this {
    return this;
  }

  write(text: string | Buffer): boolean {
    this.written.push(String(text));
    this.writableNeedDrain = this.isSlow;
    return !this.isSlow;
  }

  take(): void {
    this.writableNeedDrain = false;
    this.emit('drain');
  }

  end(): void {
    this.writableEnded = true;
    this.emit('close');
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }

  get ids(): number[] {
    return [...this.written.join('').matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id));
  }
}

/** A tail that remembers from `first` on; what is before lies in the table, which answers when it is let to. */
class Tail {
  readonly frames = new SharedFrames();
  head = 0;
  first = 0;
  followers = new Set<() => void>();
  waiting: ((fault?: Error) => void)[] = [];

  follow(follower: () => void): () => void {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }

  remembered(position: number, limit: number): LoggedEvent[] | undefined {
    return position < this.first ? undefined : this.#entries(position, limit);
  }

  read(position: number, limit: number): Promise<LoggedEvent[]> {
    return new Promise((resolve, reject) => {
      const entries = this.#entries(position, limit);
      this.waiting.push((fault) => (fault ? reject(fault) : resolve(entries)));
    });
  }

  async answer(fault?: Error): Promise<void> {
    for (const each of this.waiting.splice(0)) each(fault);
    await Promise.resolve().then(() => undefined);
    await Promise.resolve();
  }

  grow(to: number): void {
    this.head = to;
    for (const follower of this.followers) follower();
  }

  #entries(position: number, limit: number): LoggedEvent[] {
    const count = Math.max(0, Math.min(limit, this.head - position));
    return Array.from({ length: count }, (_none, index) => new LoggedEvent(position + index + 1, this.document));
  }

  document = 'x';
}

let answer: Answer;
let tail: Tail;
const faults: unknown[] = [];

beforeEach(() => {
  jest.useFakeTimers();
  [answer, tail] = [new Answer(), new Tail()];
  faults.length = 0;
});
afterEach(() => {
  answer.destroy();
  expect(jest.getTimerCount()).toBe(0);
  expect(tail.followers.size).toBe(0);
  jest.useRealTimers();
});

function begin(settings: Partial<LiveStreamSettings> = {}): void {
  const stream = new LiveStream({
    response: answer as unknown as ServerResponse,
    headers: {},
    tail: tail as unknown as LogTail,
    after: 0,
    choice: { isWanted: () => true },
    lifeMilliseconds: 1e9,
    onFault: (error) => faults.push(error),
    ...settings,
  });
  stream.begin();
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_none, at) => from + at);

it('reads for itself until it has caught up, then takes what the tail tells', async () => {
  tail.head = tail.first = 150;
  begin({ after: 20 });
  for (let turn = 0; turn < 3; turn += 1) await tail.answer();
  expect(answer.ids).toEqual(upTo(21, 150));
  tail.grow(155);
  expect(answer.ids).toEqual(upTo(21, 155));
  expect(tail.waiting).toEqual([]);
});

it('looks again where the tail has told something while it read', async () => {
  tail.first = 1;
  begin();
  // What is read was asked for before this came.
  tail.first = 0;
  tail.grow(3);
  await tail.answer();
  expect(answer.ids).toEqual([1, 2, 3]);
});

it('sends nothing more until the client has taken what was sent', () => {
  answer.isSlow = true;
  begin();
  tail.grow(10);
  tail.grow(2_000);
  expect(answer.written).toHaveLength(1);
  answer.take();
  expect(answer.ids).toEqual(upTo(1, 64));
  for (let turn = 0; turn < 100; turn += 1) answer.take();
  expect(answer.ids).toEqual(upTo(1, 2_000));
});

it('sends about 64 kB at once at most, and leaves out nothing', () => {
  answer.isSlow = true;
  tail.document = 'x'.repeat(10_000);
  begin();
  tail.grow(30);
  for (let turn = 0; turn < 10; turn += 1) answer.take();
  expect(Math.max(...answer.written.map((text) => text.length))).toBeLessThan(64 * 1024 + 10_100);
  expect(answer.ids).toEqual(upTo(1, 30));
});

it('beats every 15 s, and moves the client past what is not for it', () => {
  begin({ after: 7, choice: { isWanted: ({ position }) => position === 9 } });
  tail.first = 7;
  tail.grow(12);
  answer.written = [];
  jest.advanceTimersByTime(15_000);
  jest.advanceTimersByTime(15_000);
  expect(answer.written).toEqual([':\nid: 12\n\n', ':\n\n']);
});

it('cuts a client that takes nothing for a minute, and no other', () => {
  begin();
  answer.isSlow = true;
  tail.grow(1);
  jest.advanceTimersByTime(59_000);
  answer.take();
  answer.isSlow = true;
  tail.grow(2);
  jest.advanceTimersByTime(40_000);
  expect(answer.destroyed).toBe(false);
  jest.advanceTimersByTime(15_000);
  expect(answer.destroyed).toBe(true);
});

it('ends where the log cannot be read: the client comes again with its id', async () => {
  tail.first = tail.head = 5;
  begin();
  const away = new Error('the database is away');
  await tail.answer(away);
  expect(faults).toEqual([away]);
  expect(answer.writableEnded).toBe(true);
});

it('writes nothing more to a client that has gone while it read', async () => {
  tail.first = tail.head = 5;
  begin();
  answer.destroy();
  const before = answer.written.length;
  await tail.answer();
  expect(answer.written).toHaveLength(before);
});

it('ends with its life', () => {
  begin({ lifeMilliseconds: 3_000 });
  jest.advanceTimersByTime(3_000);
  expect(answer.writableEnded).toBe(true);
});

it('sends what somebody else says is for the client, asks where something may be, and leaves out nothing meanwhile', async () => {
  const asked: number[][] = [];
  const isWanted = ({ position }: LoggedEvent) => position % 3 === 0;
  const among = async (entries: readonly LoggedEvent[]) => {
    asked.push(entries.map(({ position }) => position));
    if (entries.length > 1) tail.grow(9);
    return Promise.resolve(entries.filter(({ position }) => position % 6 === 0));
  };
  begin({ choice: { isWanted, among } });
  tail.grow(2);
  expect(asked).toEqual([]);
  tail.grow(7);
  await jest.advanceTimersByTimeAsync(0);
  expect(answer.ids).toEqual([6]);
  tail.grow(12);
  await jest.advanceTimersByTimeAsync(0);
  expect(answer.ids).toEqual([6, 12]);
  expect(asked).toEqual([upTo(3, 7), upTo(8, 9), upTo(10, 12)]);
});

it('ends where nobody can say what is for the client', async () => {
  begin({ choice: { isWanted: () => true, among: () => Promise.reject(new Error('away')) } });
  tail.grow(1);
  await jest.advanceTimersByTimeAsync(0);
  expect(faults).toEqual([new Error('away')]);
  expect(answer.writableEnded).toBe(true);
});
