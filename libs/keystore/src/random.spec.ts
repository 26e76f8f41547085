import { random } from './random.js';

test('no random bytes are given out twice, also where the stock runs out', () => {
  const taken = Array.from({ length: 3_000 }, () => random(12).toString('hex'));
  expect(new Set(taken).size).toBe(taken.length);
  for (const each of taken) expect(each).toMatch(/^(?!0{24})[0-9a-f]{24}$/);
});

test('what was taken is its taker’s', () => {
  const taken = random(32);
  const copy = Buffer.from(taken);
  for (let turn = 0; turn < 1_000; turn += 1) random(32).fill(0);
  expect(taken.equals(copy)).toBe(true);
});
