import { gather } from './gather.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('calls once for several, also where the next one always comes before the time is over', () => {
  const work = jest.fn();
  const { call } = gather(work, 120);
  for (let event = 0; event < 100; event += 1) {
    call();
    jest.advanceTimersByTime(50);
  }
  // One each 150 ms of five seconds: after its 120 ms the next event begins anew.
  expect(work).toHaveBeenCalledTimes(33);
});

it('forgets what waits', () => {
  const work = jest.fn();
  const { call, cancel } = gather(work, 120);
  call();
  cancel();
  jest.advanceTimersByTime(1_000);
  expect(work).not.toHaveBeenCalled();
});
