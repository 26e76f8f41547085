import { Problem } from '@yizhan/kernel';
import { localDate, localDay, localTime, overlap, periodOf } from './period.js';

const at = (text: string): number => Date.parse(text);
const china = 480;

it('a local day begins and ends at midnight of the policy’s clock', () => {
  expect(localDay('2026-03-02', china)).toEqual({ from: at('2026-03-01T16:00:00Z'), to: at('2026-03-02T16:00:00Z') });
  expect(localDay('2026-03-02', -300)).toEqual({ from: at('2026-03-02T05:00:00Z'), to: at('2026-03-03T05:00:00Z') });
});

it('nothing asked is today, on the clock of the station', () => {
  const lateEvening = at('2026-03-02T15:59:59.999Z');
  expect(periodOf({}, china, lateEvening)).toEqual(localDay('2026-03-02', china));
  expect(periodOf({}, china, lateEvening + 1)).toEqual(localDay('2026-03-03', china));
});

it('two instants are a shift', () => {
  const asked = { from: '2026-03-02T08:00:00+08:00', to: '2026-03-02T20:00:00+08:00' };
  expect(periodOf(asked, china, 0)).toEqual({ from: at('2026-03-02T00:00:00Z'), to: at('2026-03-02T12:00:00Z') });
});

it.each([
  { day: '2026-02-30' },
  { day: '2026-03-02', from: '2026-03-02T08:00:00Z' },
  { from: '2026-03-02T08:00:00Z' },
  { to: '2026-03-02T08:00:00Z' },
  { day: '0000-01-01' },
  { from: '9999-03-02T08:00:00Z', to: '9999-03-03T08:00:00Z' },
  { from: '2026-03-02T08:00:00Z', to: '2026-03-02T08:00:00Z' },
  { from: '2026-03-02T08:00:00Z', to: '2026-04-02T08:00:00.001Z' },
])('refuses %j', (asked) => {
  expect(() => periodOf(asked, china, at('2026-03-02T00:00:00Z'))).toThrow(Problem);
});

it('writes instants as the clock on the wall shows them', () => {
  expect(localTime(at('2026-03-02T16:30:05.900Z'), china)).toBe('2026-03-03 00:30:05');
  expect(localDate(at('2026-03-02T16:30:05Z'), china)).toBe('2026-03-03');
});

it('counts of a stretch what lies within', () => {
  const period = { from: 100, to: 200 };
  expect([
    overlap(period, 0, 50),
    overlap(period, 50, 150),
    overlap(period, 120, 130),
    overlap(period, 190, 900),
  ]).toEqual([0, 50, 10, 10]);
});
