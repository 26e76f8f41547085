import fc from 'fast-check';
import { bucketOf, Histogram, middleOf } from './histogram.js';

const durations = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 7_200_000 }),
  fc.integer({ min: 0, max: 30 * 24 * 3_600_000 }),
);

const histogramOf = (values: readonly number[]): Histogram => {
  const histogram = new Histogram();
  for (const value of values) histogram.add(bucketOf(value));
  return histogram;
};

it('gives every percentile within 1.5 % of the exact one', () => {
  fc.assert(
    fc.property(
      fc.array(durations, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 100 }),
      (values, percent) => {
        const exact = values.toSorted((a, b) => a - b)[Math.ceil((percent * values.length) / 100) - 1] ?? NaN;
        expect(Math.abs(histogramOf(values).percentile(percent) - exact)).toBeLessThanOrEqual(0.015 * exact);
      },
    ),
    { numRuns: 2_000 },
  );
});

it('gives the same whatever came first', () => {
  fc.assert(
    fc.property(fc.array(durations, { minLength: 1 }), (values) => {
      expect(histogramOf(values.toReversed()).percentile(90)).toBe(histogramOf(values).percentile(90));
    }),
  );
});

it('has exact buckets for short durations, and one for none', () => {
  for (let value = 0; value < 35; value += 1) expect(middleOf(bucketOf(value))).toBe(value);
  expect(bucketOf(-5)).toBe(0);
});

it('knows no percentile of nothing, and no bucket that is not there', () => {
  expect(() => new Histogram().percentile(50)).toThrow('empty');
  expect(() => middleOf(100_000)).toThrow('no bucket');
});
