import { TabletClock } from './tablet-clock.js';

const now = Date.parse('2026-03-02T02:20:00Z');
const minute = 60_000;
const refused = (code: string) => expect.objectContaining({ kind: 'conflict', code }) as Error;

test.each([
  ['right', 0],
  ['ten minutes slow', 10 * minute],
  ['ten minutes fast', -10 * minute],
])('a tablet whose clock is %s: what it logged is when it was by ours', (_how, offset) => {
  const clock = new TabletClock(now - offset, now, 3_600);
  expect(clock.offset).toBe(offset);
  const happened = now - 20 * minute;
  const logged = happened - offset;
  expect(clock.corrected(logged)).toBe(happened);
  clock.assertLoggable(clock.corrected(logged));
});

test('nothing happens later than the present of the tablet, or longer ago than may be', () => {
  const clock = new TabletClock(now, now, 3_600);
  clock.assertLoggable(now);
  clock.assertLoggable(now - 3_600_000);
  expect(() => clock.assertLoggable(now + 1)).toThrow(refused('OFFLINE.IN_FUTURE'));
  expect(() => clock.assertLoggable(now - 3_600_001)).toThrow(refused('OFFLINE.TOO_OLD'));
});

test.each([
  ['slower', 8_000, 8_000],
  ['quicker', -8_000, 0],
  ['slower, by more than an upload is on its way: the clock was set', 121_000, 0],
])('where the upload before was %s, facts of both lie in their order', (_how, before, offset) => {
  const clock = new TabletClock(now, now, 3_600, before);
  expect([clock.measured, clock.offset]).toEqual([0, offset]);
  expect(clock.corrected(now - minute)).toBe(now - minute + offset);
});

test('a fact is never later than it is told, whatever the upload before has shown', () => {
  const clock = new TabletClock(now, now, 3_600, 8_000);
  expect(clock.corrected(now - 1_000)).toBe(now);
  clock.assertLoggable(clock.corrected(now));
  expect(() => clock.assertLoggable(clock.corrected(now + 1))).toThrow(refused('OFFLINE.IN_FUTURE'));
});
