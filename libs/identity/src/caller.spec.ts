import { Caller, type Claims, type Role, roles } from './caller.js';

const claimsOf = (role: Role): Claims => ({
  sub: `${role}:1`,
  role,
  stations: ['JD'],
  areas: ['jinhua'],
  driverId: 'R1',
  carrierId: 'C1',
  enterpriseId: 'E1',
});
const may = (ask: (caller: Caller) => boolean): Role[] => roles.filter((role) => ask(new Caller(claimsOf(role))));

test('only those who work at a station act at it', () => {
  expect(may((caller) => caller.mayActAt('JD'))).toEqual(['operator', 'shift_lead', 'administrator']);
  expect(may((caller) => caller.mayActAt('PJ'))).toEqual(['administrator']);
  expect(new Caller({ sub: 'x', role: 'operator' }).mayActAt('JD')).toBe(false);
});

test('only the command centre of an area acts in it', () => {
  expect(may((caller) => caller.mayActInArea('jinhua'))).toEqual(['command_centre', 'administrator']);
  expect(may((caller) => caller.mayActInArea('hangzhou'))).toEqual(['administrator']);
});

test('only a driver is a driver, and only himself', () => {
  expect(may((caller) => caller.isDriver('R1'))).toEqual(['driver']);
  expect(may((caller) => caller.isDriver('R2'))).toEqual([]);
  const driver = new Caller(claimsOf('driver'));
  expect(() => driver.requireSelf('R1')).not.toThrow();
  expect(() => driver.requireSelf('R2')).toThrow(expect.objectContaining({ code: 'IDENTITY.NOT_YOUR_DRIVER' }));
  expect(() => new Caller(claimsOf('operator')).requireSelf('R2')).not.toThrow();
});

test('a carrier sees its own trucks only', () => {
  const others = roles.filter((role) => role !== 'carrier');
  expect(may((caller) => caller.maySeeCarrier('C1'))).toEqual(roles);
  expect(may((caller) => caller.maySeeCarrier('C2'))).toEqual(others);
  expect(may((caller) => caller.maySeeCarrier(undefined))).toEqual(others);
});

test('only an enterprise speaks for itself', () => {
  expect(may((caller) => caller.isEnterprise('E1'))).toEqual(['enterprise']);
  expect(may((caller) => caller.isEnterprise('E2'))).toEqual([]);
});

test('who may not is told for what', () => {
  const operator = new Caller(claimsOf('operator'));
  expect(() => operator.requireStation('JD')).not.toThrow();
  expect(() => operator.requireStation('PJ')).toThrow(
    expect.objectContaining({ kind: 'forbidden', code: 'IDENTITY.NOT_YOUR_STATION', details: { stationCode: 'PJ' } }),
  );
  expect(() => operator.requireArea('jinhua')).toThrow(expect.objectContaining({ code: 'IDENTITY.NOT_YOUR_AREA' }));
});
