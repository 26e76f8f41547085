import { keyState } from './key-state.js';

const now = Date.parse('2026-03-02T08:00:00Z');

it.each([
  [{ expiresAt: '2026-03-02T08:00:01Z' }, 'live'],
  [{ expiresAt: '2026-03-02T08:00:00Z' }, 'ended'],
  [{ expiresAt: '2027-03-02T08:00:00Z', revokedAt: '2026-03-01T00:00:00Z' }, 'revoked'],
] as const)('a key with %j is %s', (key, state) => {
  expect(keyState(key, now)).toBe(state);
});
