import { covers, type Pass, passBlockOf } from './pass.js';

const pass: Pass = {
  passId: '330782000001',
  areaCode: 'jinhua',
  plate: 'G1',
  route: 'r1',
  driverIds: ['R1'],
  poolAreaCode: null,
  validFrom: 100,
  validUntil: 200,
  state: 'issued',
  version: 1,
};
const r1 = { driverId: 'R1', areaCode: 'jinhua' };
const r2 = { driverId: 'R2', areaCode: 'jinhua' };
const time = { from: 100, until: 200 };

test.each([
  ['a driver whom it names, as long as it is valid', pass, r1, time, true],
  ['nobody else', pass, r2, time, false],
  ['every driver of its pool', { ...pass, poolAreaCode: 'jinhua' }, r2, time, true],
  ['no driver of another pool', { ...pass, poolAreaCode: 'quzhou' }, r2, time, false],
  ['nobody before', pass, r1, { from: 99, until: 150 }, false],
  ['nobody who comes back after its end', pass, r1, { from: 150, until: 201 }, false],
  [
    'anybody later who comes back late, where it has no end',
    { ...pass, validUntil: null },
    r1,
    { from: 150, until: 1e9 },
    true,
  ],
  ['nobody once it is revoked', { ...pass, state: 'revoked' as const }, r1, time, false],
])('a pass covers %s', (_whom, of, driver, when, expected) => {
  expect(covers(of, driver, when)).toBe(expected);
});

test('a truck that goes out needs none, one that goes in where there is one, or always', () => {
  expect(passBlockOf({}, 'into_zone', undefined, r1, time)).toBeNull();
  expect(passBlockOf({ pass: 'required' }, 'into_zone', undefined, r1, time)).toBe('PASS.MISSING');
  expect(passBlockOf({ pass: 'required' }, 'out_of_zone', undefined, r1, time)).toBeNull();
  expect(passBlockOf({}, 'into_zone', pass, r2, time)).toBe('PASS.NOT_COVERING');
  expect(passBlockOf({}, 'out_of_zone', pass, r2, time)).toBeNull();
  expect(passBlockOf({ pass: 'required' }, 'into_zone', pass, r1, time)).toBeNull();
});
