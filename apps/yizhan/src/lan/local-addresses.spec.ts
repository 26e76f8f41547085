import type { NetworkInterfaceInfo } from 'node:os';
import { type AskWhich, chooseLanAddress, isLocal, localAddresses, localName } from './local-addresses.js';

const cable = { address: '192.168.1.5', via: 'eth0' };
const wireless = { address: '10.0.0.9', via: 'wlan0' };

const entry = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: `${address}/24`,
});

it('lists what tablets can reach', () => {
  const found = localAddresses({
    lo: [entry('127.0.0.1', true)],
    eth0: [entry('192.168.1.5')],
    eth1: [entry('169.254.7.7')],
    wwan0: [entry('8.8.4.4')],
    wlan0: [entry('10.0.0.9')],
  });
  expect(found).toEqual([cable, wireless]);
});

it.each([
  ['10.255.0.1', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.5', true],
  ['127.0.0.2', true],
  ['8.8.8.8', false],
  ['fd00::5', true],
  ['2001:db8::1', false],
  ['pc-7.local', false],
])('knows whether %s is local: %s', (address, is) => {
  expect(isLocal(address)).toBe(is);
});

it('takes the only address there is', async () => {
  expect(await chooseLanAddress(true, { found: [cable] })).toBe(cable.address);
});

it('says what is missing where there is none', async () => {
  await expect(chooseLanAddress(true, { found: [] })).rejects.toMatchObject({
    exitCode: 3,
    message: 'this machine is on no local network',
    mend: expect.stringContaining('Connect it'),
  });
});

it('asks which of several, and refuses where nobody can be asked', async () => {
  const found = [cable, wireless];
  const ask: AskWhich = ([, second]) => Promise.resolve(second?.address ?? '');
  expect(await chooseLanAddress(true, { found, ask })).toBe(wireless.address);
  await expect(chooseLanAddress(true, { found })).rejects.toMatchObject({
    exitCode: 2,
    message: 'this machine has 2 addresses: 192.168.1.5 (eth0), 10.0.0.9 (wlan0)',
  });
});

it('takes the one of several at which tablets know it, asking nobody, for as long as it is there', async () => {
  const found = [cable, wireless];
  expect(await chooseLanAddress(true, { found, last: wireless.address })).toBe(wireless.address);
  await expect(chooseLanAddress(true, { found, last: '192.168.1.77' })).rejects.toMatchObject({ exitCode: 2 });
  expect(await chooseLanAddress(true, { found: [cable], last: wireless.address })).toBe(cable.address);
});

it.each(['8.8.8.8', '0.0.0.0', 'station', '999.1.1.1'])(
  'refuses %s, which is no address of a local network',
  async (text) => {
    await expect(chooseLanAddress(text, { found: [cable] })).rejects.toMatchObject({ exitCode: 2 });
  },
);

it.each([
  ['PC-7', 'pc-7.local'],
  ['pc-7.example.com', 'pc-7.local'],
  ['localhost', undefined],
  ['室内机', undefined],
])('makes of the name %s what a local network knows: %s', (name, local) => {
  expect(localName(name)).toBe(local);
});
