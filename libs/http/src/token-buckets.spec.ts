import { TokenBuckets } from './token-buckets.js';

const second = 1_000;

test('so many at once, then as fast as it fills', () => {
  const buckets = new TokenBuckets({ perSecond: 2, burst: 3 });
  expect([0, 0, 0, 0].map((now) => buckets.take('a', now).isAllowed)).toEqual([true, true, true, false]);
  expect(buckets.take('a', 0)).toEqual({ isAllowed: false, remaining: 0, resetSeconds: 2, waitSeconds: 1 });
  expect([500, 500].map((now) => buckets.take('a', now).isAllowed)).toEqual([true, false]);
  expect(buckets.take('a', 60 * second)).toEqual({ isAllowed: true, remaining: 2, resetSeconds: 1, waitSeconds: 0 });
});

test('a slow rate says how long to wait', () => {
  const buckets = new TokenBuckets({ perSecond: 0.5, burst: 1 });
  buckets.take('a', 0);
  expect(buckets.take('a', 0)).toMatchObject({ isAllowed: false, waitSeconds: 2 });
  expect(buckets.take('a', second)).toMatchObject({ isAllowed: false, waitSeconds: 1 });
  expect(buckets.take('a', 2 * second)).toMatchObject({ isAllowed: true });
});

test('each key has a bucket of its own', () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1 });
  expect(['a', 'b', 'a'].map((key) => buckets.take(key, 0).isAllowed)).toEqual([true, true, false]);
});

test('a flood of keys is forgotten, the longest silent first', () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, 100);
  buckets.take('mine', 0);
  for (let index = 0; index < 1_000; index += 1) {
    buckets.take(`flood ${index}`, 0);
    buckets.take('mine', 0);
  }
  expect(buckets.size).toBe(100);
  expect(buckets.take('mine', 0).isAllowed).toBe(false);
});
