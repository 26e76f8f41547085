import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { LiveStreams } from './live-streams.js';
import type { LogTail } from './log-tail.js';

/** An answer that takes everything. */
class Answer extends EventEmitter {
  destroyed = false;
  writableEnded = false;
  readonly writableNeedDrain = false;
  readonly writeHead = (): this => this;
  readonly write = (): boolean => true;

  end(): void {
    this.writableEnded = true;
    this.emit('close');
  }
}

const tail = { follow: () => () => undefined, remembered: () => [] } as unknown as LogTail;
const refused = new Problem('forbidden', 'IDENTITY.TOKEN_REFUSED', 'the token is refused: the key is revoked');

let streams: LiveStreams;
/** What the verifier says of each credential; nothing: it is taken. */
let says: Record<string, Error | undefined>;
const asked: string[] = [];

beforeEach(() => {
  jest.useFakeTimers();
  streams = new LiveStreams(tail);
  says = {};
  asked.length = 0;
});
afterEach(() => {
  streams.endAll();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

function begin(text: string): Answer {
  const caller = new Caller({ sub: `system:${text}`, role: 'carrier', carrierId: 'shunfa' });
  const lookAgain = (): Promise<Caller> => {
    asked.push(text);
    return says[text] ? Promise.reject(says[text]) : Promise.resolve(caller);
  };
  const answer = new Answer();
  const choice = { isWanted: () => true };
  const credential = { text, lookAgain };
  streams.begin(answer as unknown as ServerResponse, { caller, credential, after: 0, choice, headers: {} });
  return answer;
}

it('ends the streams of a credential that was taken back, and no others', async () => {
  const [one, another, other] = [begin('key-1'), begin('key-1'), begin('key-2')];
  await jest.advanceTimersByTimeAsync(15_000);
  expect(asked).toEqual(['key-1', 'key-2']);
  expect(streams.count).toBe(3);
  says['key-1'] = refused;
  await jest.advanceTimersByTimeAsync(15_000);
  expect([one, another, other].map(({ writableEnded }) => writableEnded)).toEqual([true, true, false]);
  expect(streams.count).toBe(1);
});

it('ends none while nobody can say whether it is taken', async () => {
  const answer = begin('key-1');
  says['key-1'] = new Error('the database is away');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(answer.writableEnded).toBe(false);
  says['key-1'] = refused;
  await jest.advanceTimersByTimeAsync(15_000);
  expect(answer.writableEnded).toBe(true);
});
