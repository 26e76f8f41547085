import { dutiesFrom, type PlannedDuty } from './plan-template.js';

const at = (local: string) => Date.parse(`${local}:00.000+08:00`);
const duty = (more: Partial<PlannedDuty>): PlannedDuty => ({
  stationCode: 'JD',
  role: 'driver',
  personIds: ['R1'],
  days: [1],
  from: '08:00',
  until: '18:00',
  ...more,
});
const spans = (duties: readonly PlannedDuty[], startsAt = at('2026-03-02T07:00')) =>
  dutiesFrom({ duties }, startsAt, 480).map((one) => [one.personId, one.startsAt, one.endsAt]);

test('days count from the local day on which the plan begins', () => {
  expect(spans([duty({ days: [1, 3] })])).toEqual([
    ['R1', at('2026-03-02T08:00'), at('2026-03-02T18:00')],
    ['R1', at('2026-03-04T08:00'), at('2026-03-04T18:00')],
  ]);
  // 01:00 in China is still the day before in UTC.
  expect(spans([duty({})], at('2026-03-02T01:00'))).toEqual([['R1', at('2026-03-02T08:00'), at('2026-03-02T18:00')]]);
});

test('an end that is not later is of the next day; 24:00 is the end of the day', () => {
  expect(spans([duty({ from: '22:00', until: '06:00' })])).toEqual([
    ['R1', at('2026-03-02T22:00'), at('2026-03-03T06:00')],
  ]);
  expect(spans([duty({ from: '16:00', until: '24:00' })])).toEqual([
    ['R1', at('2026-03-02T16:00'), at('2026-03-03T00:00')],
  ]);
});

test('everybody is told alone; what is over when the plan begins is left out', () => {
  expect(spans([duty({ personIds: ['R1', 'R2'] })]).map(([id]) => id)).toEqual(['R1', 'R2']);
  expect(spans([duty({ days: [1] })], at('2026-03-02T18:00'))).toEqual([]);
  expect(spans([duty({ days: [1] })], at('2026-03-02T17:59'))).toHaveLength(1);
});
