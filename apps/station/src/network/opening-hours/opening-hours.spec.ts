import type { OpeningHours } from '@yizhan/contracts';
import { isOpenAt } from './opening-hours.js';

/** China time; 2026-03-02 is a Monday. */
const hours: OpeningHours = {
  utcOffsetMinutes: 480,
  weekly: [
    { weekday: 1, from: '08:00', until: '12:00' },
    { weekday: 1, from: '13:00', until: '24:00' },
    { weekday: 2, from: '22:00', until: '06:00' },
    { weekday: 7, from: '20:00', until: '02:00' },
  ],
  exceptions: [
    { date: '2026-03-09', spans: [] },
    { date: '2026-03-11', spans: [{ from: '09:00', until: '10:00' }] },
  ],
};
const open = (local: string, of: OpeningHours | null = hours) => isOpenAt(of, Date.parse(`${local}:00.000+08:00`));

test.each([
  ['2026-03-02T07:59', false],
  ['2026-03-02T08:00', true],
  ['2026-03-02T11:59', true],
  ['2026-03-02T12:00', false],
  ['2026-03-02T23:59', true],
])('a span holds from its first minute until before its last: %s', (at, expected) => {
  expect(open(at)).toBe(expected);
});

test.each([
  ['2026-03-02T01:59', true],
  ['2026-03-02T02:00', false],
  ['2026-03-03T00:00', false],
  ['2026-03-03T22:00', true],
  ['2026-03-04T05:59', true],
  ['2026-03-04T06:00', false],
])('a span of the evening runs on after midnight, one until 24:00 does not: %s', (at, expected) => {
  expect(open(at)).toBe(expected);
});

test('an exception stands in for the day of the week', () => {
  expect(open('2026-03-09T09:00')).toBe(false);
  expect(open('2026-03-09T01:00')).toBe(true);
  expect(open('2026-03-11T09:30')).toBe(true);
  expect(open('2026-03-11T10:00')).toBe(false);
});

test('without hours, or without a week, a station is always open but for the exceptions', () => {
  expect(open('2026-03-05T03:00', null)).toBe(true);
  const holidays = { ...hours, weekly: [] };
  expect(open('2026-03-05T03:00', holidays)).toBe(true);
  expect(open('2026-03-09T09:00', holidays)).toBe(false);
  expect(open('2026-03-10T00:30', holidays)).toBe(true);
});

test('the local day decides, not that of UTC', () => {
  const mondays = { ...hours, weekly: [{ weekday: 1, from: '00:00', until: '24:00' }], exceptions: [] };
  expect(isOpenAt(mondays, Date.parse('2026-03-01T16:00:00.000Z'))).toBe(true);
  expect(isOpenAt(mondays, Date.parse('2026-03-01T15:59:59.999Z'))).toBe(false);
});

test('instants before 1970 have a weekday too', () => {
  const wednesdays = { ...hours, weekly: [{ weekday: 3, from: '00:00', until: '24:00' }], exceptions: [] };
  expect(isOpenAt(wednesdays, Date.parse('1969-12-31T04:00:00.000Z'))).toBe(true);
});
