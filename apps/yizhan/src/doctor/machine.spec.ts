import { judgeClock, judgeDiskSpace, judgeNodeVersion } from './machine.js';

it.each([
  ['18.20.0', 'fail'],
  ['20.18.1', 'fail'],
  ['20.19.0', 'ok'],
  ['21.7.0', 'fail'],
  ['22.11.0', 'fail'],
  ['22.12.0', 'ok'],
  ['24.1.0', 'ok'],
  ['25.0.0', 'warn'],
])('judges Node %s: %s', (version, state) => {
  expect(judgeNodeVersion(version).state).toBe(state);
});

it.each([
  [100e6, 512e6, 'fail'],
  [600e6, 512e6, 'warn'],
  [2e9, 512e6, 'warn'],
  [2e9, 3e9, 'fail'],
  [80e9, 512e6, 'ok'],
])('judges %d free bytes of which %d are kept: %s', (bytes, reserveBytes, state) => {
  expect(judgeDiskSpace(bytes, reserveBytes).state).toBe(state);
});

it('judges a clock that stands in the past or has gone back', () => {
  const now = Date.parse('2026-11-22T09:00:00Z');
  expect(judgeClock(now, 0).state).toBe('ok');
  expect(judgeClock(now, now - 1_000).state).toBe('ok');
  expect(judgeClock(0, 0).state).toBe('fail');
  expect(judgeClock(now, now + 3_600_000)).toMatchObject({ state: 'fail', says: expect.stringContaining('gone back') });
});

it('names a mend for everything that is not well', () => {
  for (const finding of [judgeNodeVersion('18.0.0'), judgeDiskSpace(1, 512e6), judgeClock(0, 0)]) {
    expect(finding.mend).toBeTruthy();
  }
});
