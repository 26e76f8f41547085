import { policyPack } from '@yizhan/policy';
import { type DriverOnShift, nearLimit } from './handover-pictures.js';

const now = Date.parse('2026-03-02T06:00:00Z');
const hour = 3_600_000;
const { rules } = policyPack('cn-freight');
const fresh: DriverOnShift = {
  driverId: 'R1',
  shiftEndsAt: now + 6 * hour,
  drivingSince: null,
  activity: { driving: [], rests: [] },
  rules,
  plate: null,
};

it('a rested driver with a long shift is not near any limit', () => {
  expect(nearLimit(fresh, now)).toEqual([]);
});

it('a shift that ends within the usual round trip is near', () => {
  const shiftEndsAt = now + 2 * hour - 1;
  expect(nearLimit({ ...fresh, shiftEndsAt }, now)).toMatchObject([{ driverId: 'R1', reason: 'shift_ends' }]);
});

it('who has driven for nearly four hours could not do another round trip without a rest', () => {
  const tired = { ...fresh, drivingSince: now - 3 * hour, plate: '浙G1' };
  expect(nearLimit(tired, now)).toEqual([
    {
      driverId: 'R1',
      reason: 'continuous_driving',
      shiftEndsAt: '2026-03-02T12:00:00.000Z',
      until: '2026-03-02T06:20:00.000Z',
      holdsPlate: '浙G1',
    },
  ]);
});
