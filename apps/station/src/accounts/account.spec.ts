import { assertFits, assertNotOneself } from './account.js';

test.each([
  ['operator:lin', 'operator', { stations: ['JD'] }],
  ['shift_lead:wu', 'shift_lead', { stations: ['JD', 'PJ'] }],
  ['driver:R1', 'driver', { driverId: 'R1' }],
  ['carrier:desk', 'carrier', { carrierId: 'C1' }],
  ['enterprise:gate', 'enterprise', { enterpriseId: 'E1' }],
  ['command_centre:night', 'command_centre', { areas: ['jinhua'] }],
  ['command_centre:county', 'command_centre', { counties: ['330782'] }],
  ['administrator:first', 'administrator', {}],
] as const)('%s fits its role', (accountId, role, scope) => {
  expect(() => assertFits(accountId, role, scope)).not.toThrow();
});

test.each([
  ['operator:lin', 'operator', {}, 'ACCOUNT.SCOPE'],
  ['operator:lin', 'operator', { stations: [] }, 'ACCOUNT.SCOPE'],
  ['operator:lin', 'operator', { stations: ['JD'], carrierId: 'C1' }, 'ACCOUNT.SCOPE'],
  ['command_centre:x', 'command_centre', {}, 'ACCOUNT.SCOPE'],
  ['command_centre:x', 'command_centre', { areas: ['jinhua'], counties: ['330782'] }, 'ACCOUNT.SCOPE'],
  ['administrator:x', 'administrator', { areas: ['jinhua'] }, 'ACCOUNT.SCOPE'],
  ['administrator:lin', 'operator', { stations: ['JD'] }, 'ACCOUNT.ID'],
  ['operator:', 'operator', { stations: ['JD'] }, 'ACCOUNT.ID'],
  ['lin', 'operator', { stations: ['JD'] }, 'ACCOUNT.ID'],
  ['driver:R2', 'driver', { driverId: 'R1' }, 'ACCOUNT.ID'],
] as const)('%s as %s with %j does not', (accountId, role, scope, code) => {
  expect(() => assertFits(accountId, role, scope)).toThrow(expect.objectContaining({ kind: 'invalid', code }));
});

test('nobody suspends himself', () => {
  expect(() => assertNotOneself('administrator:first', 'administrator:first')).toThrow(
    expect.objectContaining({ code: 'ACCOUNT.YOUR_OWN' }),
  );
});
