import { toIso } from '@yizhan/kernel';
import { type AskedPeriod, periodOf } from './period.js';

/** 10:00 of a Wednesday in China. */
const now = Date.parse('2026-03-04T02:00:00Z');
const china = 480;

const ofChina = (asked: Partial<AskedPeriod>) => {
  const { from, to, isOver } = periodOf({ span: 'day', utcOffsetMinutes: china, ...asked }, now);
  return [toIso(from), toIso(to), isOver];
};

it('is the last day or week that is over where nothing is said', () => {
  expect(ofChina({})).toEqual(['2026-03-02T16:00:00.000Z', '2026-03-03T16:00:00.000Z', true]);
  expect(ofChina({ span: 'week' })).toEqual(['2026-02-22T16:00:00.000Z', '2026-03-01T16:00:00.000Z', true]);
});

it.each(['2026-03-02', '2026-03-04', '2026-03-08'])('is the week from Monday to Sunday that %s is in', (day) => {
  expect(ofChina({ span: 'week', day })).toEqual(['2026-03-01T16:00:00.000Z', '2026-03-08T16:00:00.000Z', false]);
});

it('is a day of whoever asks, and may be the one that is running', () => {
  expect(ofChina({ day: '2026-03-04' })).toEqual(['2026-03-03T16:00:00.000Z', '2026-03-04T16:00:00.000Z', false]);
  expect(ofChina({ day: '2026-03-03', utcOffsetMinutes: -300 })).toEqual([
    '2026-03-03T05:00:00.000Z',
    '2026-03-04T05:00:00.000Z',
    false,
  ]);
});

it.each<[string, Partial<AskedPeriod>]>([
  ['not begun', { day: '2026-03-05' }],
  ['not begun', { span: 'week', day: '2026-03-09' }],
  ['2000 or later', { day: '1999-12-31' }],
  ['is no day', { day: '2026-02-30' }],
  ['whole hours', { utcOffsetMinutes: 330 }],
])('is refused: %s', (message, asked) => {
  expect(() => ofChina(asked)).toThrow(expect.objectContaining({ code: 'REPORT.BAD_PERIOD' }) as Error);
  expect(() => ofChina(asked)).toThrow(message);
});
