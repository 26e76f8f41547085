import type { Distribution } from '../../scenario/scenario.js';
import { Chance } from './chance.js';

const chance = new Chance('1');
const questions = Array.from({ length: 4_000 }, (_, index) => `question ${index}`);

/** The value that this share of the draws lies under, in seconds. */
function quantileOf(distribution: Distribution, share: number): number {
  const drawn = questions.map((question) => chance.duration(distribution, question) / 1_000).toSorted((a, b) => a - b);
  return drawn[Math.floor(share * drawn.length)] ?? Number.NaN;
}

test('the same question gets the same answer, in any order, and another one for another seed', () => {
  const before = questions.map((question) => chance.draw(question));
  const after = questions.toReversed().map((question) => new Chance('1').draw(question));
  expect(after.toReversed()).toEqual(before);
  expect(new Chance('2').draw('question 1')).not.toBe(chance.draw('question 1'));
});

test('what happens at a rate happens about so often', () => {
  const share = questions.filter((question) => chance.happens(0.04, question)).length / questions.length;
  expect(share).toBeCloseTo(0.04, 1.5);
  expect(questions.some((question) => chance.happens(0, question))).toBe(false);
  expect(questions.every((question) => chance.happens(1, question))).toBe(true);
});

test('options are picked by their weights', () => {
  const picked = questions.map((question) =>
    chance.pick(['a', 'b', 'c'], (option) => ({ a: 6, b: 3, c: 1 })[option] ?? 0, question),
  );
  const share = (option: string): number => picked.filter((each) => each === option).length / picked.length;
  expect([share('a'), share('b'), share('c')].map((each) => Math.round(each * 10))).toEqual([6, 3, 1]);
  expect(() => chance.pick([], () => 1, 'none')).toThrow(/nothing to choose from: none/);
});

test('a lognormal duration has the median and the 95th percentile that it is told by', () => {
  const roundTrip = { kind: 'lognormal', medianSeconds: 5_400, p95Seconds: 8_400, maxSeconds: 12_600 } as const;
  expect(quantileOf(roundTrip, 0.5) / 5_400).toBeCloseTo(1, 1);
  expect(quantileOf(roundTrip, 0.95) / 8_400).toBeCloseTo(1, 1);
  expect(quantileOf(roundTrip, 0.9999)).toBeLessThanOrEqual(12_600);
});

test('a triangular duration stays between its ends and leans to its mode', () => {
  const swap = { kind: 'triangular', minSeconds: 300, modeSeconds: 480, maxSeconds: 900 } as const;
  expect(quantileOf(swap, 0)).toBeGreaterThanOrEqual(300);
  expect(quantileOf(swap, 0.9999)).toBeLessThanOrEqual(900);
  // The median of a triangle whose mode lies in its lower half: max - sqrt((max - min)(max - mode) / 2).
  expect(quantileOf(swap, 0.5)).toBeCloseTo(900 - Math.sqrt((600 * 420) / 2), -1.3);
});

test('a fixed duration is fixed, and a triangle of one point is that point', () => {
  expect(chance.duration({ kind: 'fixed', seconds: 7 }, 'any')).toBe(7_000);
  expect(chance.duration({ kind: 'triangular', minSeconds: 9, modeSeconds: 9, maxSeconds: 9 }, 'any')).toBe(9_000);
});
