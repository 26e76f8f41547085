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

test('who tells of something that is over soon may have a schedule of his own', () => {
  const delays = [0, 1_000];
  expect([0, 1, 2].map((tries) => nextAttemptAt(tries, 0, 0, 0, delays))).toEqual([0, 1_000, undefined]);
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
