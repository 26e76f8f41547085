import { usualClaims } from '@yizhan/process';
import { mapClaims } from './map-claims.js';

const usual = { claims: usualClaims, rolePrefix: '' };

test('claims of our names are taken as they are', () => {
  expect(mapClaims({ sub: 'lin', role: 'operator', stations: ['JD'], other: 1 }, usual)).toEqual({
    sub: 'operator:lin',
    role: 'operator',
    stations: ['JD'],
  });
});

test('they may lie elsewhere, among roles of others, and have other names', () => {
  const claims = {
    ...usualClaims,
    subject: 'preferred_username',
    role: 'realm_access.roles',
    stations: 'https://x.org/at',
  };
  const payload = {
    sub: '5f0c',
    preferred_username: 'wu',
    realm_access: { roles: ['offline_access', 'yizhan-shift_lead'] },
    'https://x.org/at': ['JD', 'PJ'],
  };
  expect(mapClaims(payload, { claims, rolePrefix: 'yizhan-' })).toEqual({
    sub: 'shift_lead:wu',
    role: 'shift_lead',
    stations: ['JD', 'PJ'],
  });
});

test('a driver signs as the driver that his token names, whatever his name at the provider is', () => {
  expect(mapClaims({ sub: '5f0c', role: 'driver', driverId: 'R1' }, usual)).toMatchObject({ sub: 'driver:R1' });
});

test.each([
  ['no role', { sub: 'x' }],
  ['an unknown role', { sub: 'x', role: 'king' }],
  ['two roles', { sub: 'x', role: ['operator', 'administrator'] }],
  ['a driver who is nobody', { sub: 'x', role: 'driver' }],
  ['no name', { role: 'operator' }],
  ['a name with a blank', { sub: 'a b', role: 'operator' }],
  ['a name that is too long', { sub: 'x'.repeat(64), role: 'operator' }],
  ['an access that nobody knows', { sub: 'x', role: 'operator', access: 'all' }],
  ['a role from the prototype', { sub: 'x', role: { toString: 'operator' } }],
])('%s is refused', (_what, payload) => {
  expect(() => mapClaims(payload, usual)).toThrow(TypeError);
});
