import { afterFailure, inOrder, isGivenUp, opensAfter } from './breaker.js';
import { nextAttemptAt, readRetryAfter, retryDelays } from './retry-schedule.js';

const hour = 3_600_000;

test('attempts lie as far apart as is promised, and end after the tenth', () => {
  const waits = retryDelays.map((_delay, tries) => nextAttemptAt(tries, 0, 0, 0));
  expect(waits.map((each) => (each ?? 0) / 1_000)).toEqual([
    0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]);
  expect(nextAttemptAt(10, 0)).toBeUndefined();
});

test('a delay is up to a fifth longer, and never shorter', () => {
  expect([0, 0.5, 1].map((random) => nextAttemptAt(1, 1_000, 0, random))).toEqual([6_000, 6_500, 7_000]);
});

test('an endpoint may ask for more time, up to a day, and not for less', () => {
  expect(nextAttemptAt(1, 0, 60_000, 0)).toBe(60_000);
  expect(nextAttemptAt(2, 0, 1_000, 0)).toBe(300_000);
  expect(nextAttemptAt(1, 0, 1_000 * hour, 0)).toBe(24 * hour);
});

test.each([
  ['120', 120_000],
  [' 5 ', 5_000],
  ['Sun, 29 Nov 2026 00:01:00 GMT', 60_000],
  ['Sun, 29 Nov 2020 00:01:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %j is %p ms', (header, milliseconds) => {
  expect(readRetryAfter(header, Date.parse('2026-11-29T00:00:00Z'))).toBe(milliseconds);
});

describe('an endpoint that fails', () => {
  const after = (count: number, now = 0) =>
    Array.from({ length: count }).reduce<typeof inOrder>(
      (before) => afterFailure(before, before.heldUntil ?? now, 0, 0),
      inOrder,
    );

  it('is left alone after five failures in a row, for longer each time, up to five minutes', () => {
    expect(after(opensAfter - 1).heldUntil).toBeNull();
    const pauses = [5, 6, 7, 8, 9, 10, 11, 12, 13].map((count) => {
      const [one, other] = [after(count), after(count - 1)];
      return ((one.heldUntil ?? 0) - (other.heldUntil ?? 0)) / 1_000;
    });
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('is not left alone for longer by what was under way already', () => {
    const open = after(opensAfter);
    const more = Array.from({ length: 20 }).reduce<typeof inOrder>((before) => afterFailure(before, 1, 0, 0), open);
    expect(more).toEqual(open);
  });

  it('is left alone for as long as it asks, up to an hour', () => {
    expect(afterFailure(inOrder, 0, 30_000, 0).heldUntil).toBe(30_000);
    expect(afterFailure(inOrder, 0, 100 * hour, 0).heldUntil).toBe(hour);
  });

  it('is given up after a week of nothing else', () => {
    const failing = { failures: 9, failingSince: 0, heldUntil: null };
    expect(isGivenUp(failing, 7 * 24 * hour - 1)).toBe(false);
    expect(isGivenUp(failing, 7 * 24 * hour)).toBe(true);
    expect(isGivenUp({ ...failing, failures: 2 }, 7 * 24 * hour)).toBe(false);
    expect(isGivenUp(inOrder, 7 * 24 * hour)).toBe(false);
  });
});
