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
