import { DemonstrationClock } from './demonstration-clock.js';

beforeEach(() => jest.useFakeTimers({ now: 5_000_000 }));
afterEach(() => jest.useRealTimers());

it('stands still until it is let run, then runs as fast as it is told, and never goes back when it slows down', () => {
  const clock = new DemonstrationClock(1_000);
  jest.advanceTimersByTime(10_000);
  expect(clock.now()).toBe(1_000);
  clock.moveTo(2_000);
  clock.run(12);
  jest.advanceTimersByTime(1_000);
  expect(clock.now()).toBe(14_000);
  clock.run(1);
  expect(clock.now()).toBe(14_000);
  jest.advanceTimersByTime(1_000);
  expect(clock.now()).toBe(15_000);
});
