import { Caller, type Claims } from '@yizhan/identity';
import { accessToCarrier, accessToDriver, accessToOperator } from './personal-access.js';

const everything = { reads: ['name', 'phone', 'identityNumber'], writes: 'all', erases: true };
const toCall = { reads: ['name', 'phone'], writes: 'missing', erases: false };
const own = { reads: ['name', 'phone', 'identityNumber'], writes: 'nothing', erases: false };
const nothing = { reads: [], writes: 'nothing', erases: false };

const caller = (claims: Partial<Claims>) => new Caller({ sub: 'x', role: 'operator', ...claims });
const relayDriver = { driverId: 'R1', areaCode: 'jinhua', homeStationCode: 'JD', stationCodes: ['PJ'] };
const outsideDriver = { driverId: 'O1', areaCode: 'jinhua', homeStationCode: null, stationCodes: ['JD'] };

describe('the personal data of a relay driver', () => {
  it.each<[string, Partial<Claims>, object]>([
    ['an administrator', { role: 'administrator' }, everything],
    ['the shift lead of his home station', { role: 'shift_lead', stations: ['JD'] }, everything],
    ['the shift lead of the station where he is', { role: 'shift_lead', stations: ['PJ'] }, toCall],
    ['an operator of his home station', { stations: ['JD'] }, toCall],
    ['an operator of the station where he is', { stations: ['PJ'] }, toCall],
    ['an operator elsewhere', { stations: ['XX'] }, nothing],
    ['himself', { role: 'driver', driverId: 'R1' }, own],
    ['another driver', { role: 'driver', driverId: 'R2' }, nothing],
    ['the command centre of his area', { role: 'command_centre', areas: ['jinhua'] }, nothing],
    ['a carrier', { role: 'carrier', carrierId: 'C1' }, nothing],
    ['an enterprise', { role: 'enterprise', enterpriseId: 'E1' }, nothing],
  ])('are for %s what they should be', (_who, claims, access) => {
    expect(accessToDriver(caller(claims), relayDriver, ['jinhua'])).toEqual(access);
  });
});

describe('the personal data of an outside driver', () => {
  it('are in the care of the shift leads of his area', () => {
    const lead = caller({ role: 'shift_lead', stations: ['PJ'] });
    expect(accessToDriver(lead, outsideDriver, ['jinhua'])).toEqual(everything);
    expect(accessToDriver(lead, outsideDriver, ['hangzhou'])).toEqual(nothing);
  });

  it('are completed by the operator of the station where he is', () => {
    expect(accessToDriver(caller({ stations: ['JD'] }), outsideDriver, ['jinhua'])).toEqual(toCall);
    expect(accessToDriver(caller({ stations: ['PJ'] }), outsideDriver, ['jinhua'])).toEqual(nothing);
  });
});

test('who is to be called at a carrier is known to stations and to the carrier itself', () => {
  expect(accessToCarrier(caller({ role: 'administrator' }), 'C1')).toEqual(everything);
  expect(accessToCarrier(caller({ role: 'carrier', carrierId: 'C1' }), 'C1')).toEqual(own);
  expect(accessToCarrier(caller({ role: 'carrier', carrierId: 'C2' }), 'C1')).toEqual(nothing);
  expect(accessToCarrier(caller({ role: 'operator' }), 'C1')).toEqual(toCall);
  expect(accessToCarrier(caller({ role: 'shift_lead' }), 'C1')).toEqual({ ...toCall, writes: 'all' });
  expect(accessToCarrier(caller({ role: 'driver', driverId: 'R1' }), 'C1')).toEqual(nothing);
});

test('those of an operator are for himself and the administrator', () => {
  expect(accessToOperator(caller({ sub: 'operator:lin' }), 'operator:lin')).toEqual(own);
  expect(accessToOperator(caller({ sub: 'operator:wu' }), 'operator:lin')).toEqual(nothing);
  expect(accessToOperator(caller({ role: 'administrator' }), 'operator:lin')).toEqual(everything);
});
