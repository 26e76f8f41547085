import { judgeStorage } from './judge-storage.js';

const reserve = 100;

it.each([
  [400, 'ok', 'ok'],
  [399, 'ok', 'low'],
  [100, 'low', 'low'],
  [99, 'ok', 'full'],
  [124, 'full', 'full'],
  [125, 'full', 'low'],
  [400, 'full', 'ok'],
] as const)('judges %d free bytes of a reserve of 100, after %s: %s', (free, before, state) => {
  expect(judgeStorage(free, reserve, before)).toBe(state);
});
