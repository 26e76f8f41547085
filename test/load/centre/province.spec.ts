import { counties, enterprisesOfZhejiang, madeEnterprises, sheetOfCapacity, sheetOfEnterprises } from './province.js';

const places = [
  { adcode: '330782', name: '义乌市', latitude: 29.3, longitude: 120.1 },
  { adcode: '330726', name: '浦江县', latitude: 29.4, longitude: 119.9 },
];

it('makes the same enterprises every time, as many in each county, of all sizes', () => {
  const made = madeEnterprises(places, 2_000);
  expect(madeEnterprises(places, 2_000)).toEqual(made);
  expect(made.filter(({ county }) => county === places[0])).toHaveLength(1_000);
  const share = (is: (one: (typeof made)[number]) => boolean): number => made.filter(is).length / made.length;
  expect(share(({ isAboveScale }) => isAboveScale)).toBeCloseTo(0.7, 1);
  expect(share(({ reportedPercent }) => reportedPercent !== undefined)).toBeCloseTo(0.8, 1);
  const weights = made.map(({ outputWeight }) => outputWeight);
  expect([Math.min(...weights) >= 20, Math.max(...weights) > 5_000]).toEqual([true, true]);
});

it('writes each of them into the sheets once', () => {
  const made = madeEnterprises(places, 10);
  expect(sheetOfEnterprises(made).split('\n')).toHaveLength(11);
  const capacity = sheetOfCapacity(made, Date.parse('2026-03-02T00:00:00Z')).split('\n');
  expect(capacity.every((line) => line.split(',').length === 7)).toBe(true);
});

it('knows the 90 counties of the test data', () => {
  const all = counties();
  expect(new Set(all.map(({ adcode }) => adcode)).size).toBe(90);
  expect(
    all.every(({ latitude, longitude }) => latitude > 27 && latitude < 32 && longitude > 118 && longitude < 123),
  ).toBe(true);
  expect(madeEnterprises(all)).toHaveLength(enterprisesOfZhejiang);
});
