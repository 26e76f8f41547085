import { keepSending, sendSoon } from './keep-sending.js';

it('lets the next tab send at once where it is told to stop while it waits for a person', async () => {
  const stop = new AbortController();
  const asked: AbortSignal[] = [];
  const sending = keepSending(
    (signal) => {
      asked.push(signal);
      return new Promise(() => undefined);
    },
    () => undefined,
    stop.signal,
  );
  stop.abort();
  await sending;
  expect(asked).toEqual([stop.signal]);
});

it('sends until nothing waits, goes on where it failed, and is woken', async () => {
  const stop = new AbortController();
  const outcomes = [() => true, () => Promise.reject(new Error('no network')), () => true, () => false];
  let settled = 0;
  await keepSending(
    async () => {
      const next = outcomes.shift();
      setImmediate(sendSoon);
      if (!next) {
        stop.abort();
        return false;
      }
      return next();
    },
    () => (settled += 1),
    stop.signal,
  );
  expect([outcomes.length, settled]).toEqual([0, 2]);
});
