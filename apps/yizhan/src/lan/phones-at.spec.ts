import { phonesAt } from './phones-at.js';

const found = () => [{ address: '192.168.1.5', via: 'eth0' }];
const address = 'http://127.0.0.1:7700';

it.each([
  [
    'the address for tablets, where they are served',
    { host: '127.0.0.1', lanAddress: 'https://10.0.0.7:7743' },
    'https://10.0.0.7:7743',
  ],
  ['nowhere, where it listens for this machine alone', { host: '127.0.0.1', lanAddress: undefined }, undefined],
  [
    'the first address of this machine, where it listens on all',
    { host: '0.0.0.0', lanAddress: undefined },
    'http://192.168.1.5:7700',
  ],
])('is %s', (_, listening, expected) => {
  expect(phonesAt({ address, ...listening }, found)).toBe(expected);
});

it('is where it was told to listen, and nowhere on a machine without a network', () => {
  const there = 'http://192.168.1.9:7700';
  expect(phonesAt({ address: there, host: '192.168.1.9', lanAddress: undefined }, found)).toBe(there);
  expect(phonesAt({ address, host: '0.0.0.0', lanAddress: undefined }, () => [])).toBeUndefined();
  expect(phonesAt({ address: undefined, host: '0.0.0.0', lanAddress: undefined }, found)).toBeUndefined();
});
