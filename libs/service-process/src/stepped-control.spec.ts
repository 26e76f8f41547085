import { EventEmitter } from 'node:events';
import { ManualClock } from '@yizhan/kernel';
import { type StepAnswer, SteppedControl, type StepRequest } from './stepped-control.js';

const due = (name: string, at: number | undefined) => ({
  fireDue: async () => {
    done.push(name);
    return at === undefined ? 0 : 1;
  },
  nextDueAt: () => at,
});

const consumer = {
  nextDueAt: 500,
  reached: async (positions: Record<string, number>) => void done.push(`reached ${JSON.stringify(positions)}`),
  caughtUp: async () => true,
};

let done: string[] = [];
const clock = new ManualClock(0);
const control = new SteppedControl({
  clock,
  dues: [due('timer', 700), due('nothing', undefined)],
  wakes: [due('wake', 900)],
  servers: [{ unwrap: () => consumer }] as never,
});

class Channel extends EventEmitter {
  readonly sent: StepAnswer[] = [];

  readonly send = (answer: StepAnswer): void => void this.sent.push(answer);
}

const ask = (request: Partial<StepRequest>): Promise<StepAnswer> =>
  control.answer({ id: 1, ...request } as StepRequest);

beforeEach(() => (done = []));

it('moves the clock, and never back', async () => {
  expect(await ask({ do: 'moveClock', at: 400 })).toEqual({ id: 1, result: null });
  expect(clock.now()).toBe(400);
  expect(await ask({ do: 'moveClock', at: 300 })).toEqual({ id: 1, error: expect.stringContaining('cannot go back') });
});

it('fires timers and wakes apart from one another', async () => {
  expect(await ask({ do: 'fireTimers' })).toEqual({ id: 1, result: 1 });
  expect(done).toEqual(['timer', 'nothing']);
  expect(await ask({ do: 'fireWakes' })).toEqual({ id: 1, result: 1 });
  expect(done).toEqual(['timer', 'nothing', 'wake']);
});

it('knows when something is due next, parked events included', async () => {
  expect(await ask({ do: 'nextDueAt' })).toEqual({ id: 1, result: 500 });
  const idle = new SteppedControl({ clock, dues: [], wakes: [], servers: [] });
  expect(await idle.answer({ id: 2, do: 'nextDueAt' })).toEqual({ id: 2, result: null });
});

it('waits for the consumer, and has it told that it is at the head', async () => {
  expect(await ask({ do: 'reached', positions: { yiwu: 7 } })).toEqual({ id: 1, result: null });
  expect(done).toEqual(['reached {"yiwu":7}']);
  expect(await ask({ do: 'caughtUp' })).toEqual({ id: 1, result: true });
});

it('answers over its channel in the order of the questions, and ignores what is none', async () => {
  const channel = new Channel();
  control.listen(channel);
  channel.emit('message', { cmd: 'NODE_HANDLE' });
  channel.emit('message', { id: 8, do: 'fireTimers' });
  channel.emit('message', { id: 9, do: 'caughtUp' });
  while (channel.sent.length < 2) await new Promise(setImmediate);
  expect(channel.sent).toEqual([
    { id: 8, result: 1 },
    { id: 9, result: true },
  ]);
});
