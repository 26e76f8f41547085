import { isUnpacked, withOwnCommands } from './unpacked.js';

it.each([
  ['linux', 'Run "npx yizhan backup --list".', 'Run "./yizhan backup --list".'],
  ['linux', 'For real work: "npm start -- --empty".', 'For real work: "./yizhan start --empty".'],
  ['win32', 'Run "npm start", which repairs it.', 'Run ".\\yizhan start", which repairs it.'],
] as const)('on %s an archive says %s with its own command', (platform, text, own) => {
  expect(withOwnCommands(text, platform)).toBe(own);
});

it('sources are no archive', () => {
  expect(isUnpacked()).toBe(false);
});
