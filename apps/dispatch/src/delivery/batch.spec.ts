import { Batch } from './batch.js';

it('is whole once everything that is not stored goes with it', () => {
  const batch = new Batch('one', 5, [10, 12, 14]);
  expect(batch.isWholeWith(new Set([10, 12]))).toBe(false);
  expect(batch.isWholeWith(new Set([10, 12, 14]))).toBe(true);
  batch.stored([12]);
  // What was stored twice does not stand for another one.
  batch.stored([12]);
  expect(batch.isWholeWith(new Set([10, 12]))).toBe(false);
  expect(batch.isWholeWith(new Set([10, 14]))).toBe(true);
});
