import { TimerLoop } from './timer-loop.js';

it('tells each of several faults, and goes on with what else is due', async () => {
  const told: string[] = [];
  const loop = new TimerLoop(
    [
      { fireDue: () => Promise.reject(new AggregateError([new Error('one'), new Error('two')])) },
      { fireDue: () => Promise.reject(new Error('three')) },
    ],
    (where, error) => told.push(`${where}: ${(error as Error).message}`),
  );
  loop.start();
  while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await loop.stop();
  expect(told).toEqual(['the timers: one', 'the timers: two', 'the timers: three']);
});
