import fc from 'fast-check';
import { type DeliveryRuns, gapsOf, noDeliveries, withDelivery, withoutGap } from './delivery-runs.js';

const position = (number: number): string => String(number * 3 + 10);
const withAll = (numbers: readonly number[], runs: DeliveryRuns = noDeliveries('10')): DeliveryRuns =>
  numbers.reduce((before, number) => withDelivery(before, { number, position: position(number) }), runs);

/** Number by number. */
function missingAmong(numbers: readonly number[]): number[] {
  const seen = new Set(numbers);
  return Array.from({ length: Math.max(0, ...numbers) }, (_none, index) => index + 1).filter((each) => !seen.has(each));
}

const missingOf = (runs: DeliveryRuns): number[] =>
  gapsOf(runs).flatMap(({ missing, after }) =>
    Array.from({ length: missing }, (_none, index) => after.number + 1 + index),
  );

const numbers = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });

describe('the runs of a subscription', () => {
  it('say which numbers are missing, in whatever order and however often they come', () => {
    fc.assert(fc.property(numbers, (come) => expect(missingOf(withAll(come))).toEqual(missingAmong(come))));
  });

  it('say between which positions a gap lies', () => {
    fc.assert(
      fc.property(numbers, (come) => {
        for (const { after, before } of gapsOf(withAll(come))) {
          expect([after.position, before.position]).toEqual([position(after.number), position(before.number)]);
        }
      }),
    );
  });

  it('are as many as there are gaps, and one more', () => {
    fc.assert(
      fc.property(numbers, (come) => {
        const runs = withAll(come);
        expect(runs).toHaveLength(gapsOf(runs).length + 1);
      }),
    );
  });

  it('close a gap, whatever of it has come meanwhile', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.nat(), (come, meanwhile, place) => {
        const gaps = gapsOf(withAll(come));
        fc.pre(gaps.length > 0);
        const gap = gaps[place % gaps.length];
        const within = Array.from({ length: gap.missing }, (_none, index) => gap.after.number + 1 + index);
        const closed = withoutGap(withAll(meanwhile, withAll(come)), gap);
        expect(missingOf(closed)).toEqual(missingAmong([...come, ...meanwhile, ...within]));
      }),
    );
  });

  it('stay the same object where nothing is new', () => {
    const runs = withAll([1, 2, 5]);
    expect(withAll([2, 5, 1], runs)).toBe(runs);
  });
});
