import { readEdgeSettings } from './edge-settings.js';

it('lets callers do much, and trusts no proxy, where nothing is said', () => {
  expect(readEdgeSettings({})).toEqual({
    trustedProxies: [],
    limits: { perCaller: 1_000, perAddress: 50, signInsPerMinute: 30 },
  });
});

it('reads limits and proxies', () => {
  expect(
    readEdgeSettings({
      YIZHAN_TRUSTED_PROXIES: '10.0.0.7, 10.1.0.0/16,loopback,fd00::/8',
      YIZHAN_RATE_LIMIT_PER_CALLER: '0',
      YIZHAN_RATE_LIMIT_PER_ADDRESS: '5',
      YIZHAN_RATE_LIMIT_SIGN_INS_PER_MINUTE: '3',
    }),
  ).toEqual({
    trustedProxies: ['10.0.0.7', '10.1.0.0/16', 'loopback', 'fd00::/8'],
    limits: { perCaller: 0, perAddress: 5, signInsPerMinute: 3 },
  });
});

it.each([
  ['YIZHAN_TRUSTED_PROXIES', 'proxy.example'],
  ['YIZHAN_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['YIZHAN_RATE_LIMIT_PER_CALLER', '-1'],
  ['YIZHAN_RATE_LIMIT_PER_ADDRESS', 'many'],
])('refuses %s=%s', (name, value) => {
  expect(() => readEdgeSettings({ [name]: value })).toThrow(name);
});
