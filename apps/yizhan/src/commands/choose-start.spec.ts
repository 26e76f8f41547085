import { opensDemonstration, type StartChoice } from './choose-start.js';

const fresh: StartChoice = { host: '127.0.0.1', isInUse: false };
const plain = { isForRealWork: false };

it.each(['127.0.0.1', '127.0.0.5', 'localhost', '::1'])('is what a first start opens on, at %s', (host) => {
  expect(opensDemonstration({ ...fresh, host }, plain)).toBe(true);
});

it.each<[string, Partial<StartChoice>, boolean]>([
  ['asked for', { empty: true }, false],
  ['begun', { isInUse: true }, false],
  ['given a folder', { data: 'there' }, false],
  ['given a scenario', { scenario: 'yiwu' }, false],
  ['for others too', { host: '0.0.0.0' }, false],
  ['for tablets too', { lan: true }, false],
  ['named like this machine', { host: '128.0.0.1' }, false],
  ['configured', {}, true],
])('is not opened where real work is %s', (_, choice, isForRealWork) => {
  expect(opensDemonstration({ ...fresh, ...choice }, { isForRealWork })).toBe(false);
});

it('is opened beside data of real work where it is asked for', () => {
  expect(opensDemonstration({ ...fresh, demo: true, isInUse: true }, { isForRealWork: true })).toBe(true);
});

it.each<Partial<StartChoice>>([
  { empty: true },
  { data: 'there' },
  { scenario: 'yiwu' },
  { host: '0.0.0.0' },
  { lan: '192.168.1.5' },
])('is refused together with %j', (choice) => {
  expect(() => opensDemonstration({ ...fresh, demo: true, ...choice }, plain)).toThrow(/demo/);
});
