import { dayBefore } from './day-before.js';

it.each([
  ['2026-03-02T15:59:59Z', '2026-03-01'],
  ['2026-03-02T16:00:00Z', '2026-03-02'],
])('at %s it is %s', (now, expected) => expect(dayBefore(Date.parse(now))).toBe(expected));
