import fc from 'fast-check';
import { driversByHand } from '../../apps/console/src/offline/drivers-by-hand.js';
import { minutesLeft } from '../../apps/station/src/board/hours-left.js';
import { truckClasses } from '../../apps/station/src/board/truck-classes.js';
import { toIso } from '@yizhan/kernel';
import { checkEligibility, type DriverFacts, policyPack, type PolicyRules } from '@yizhan/policy';

const minute = 60_000;
const hour = 60 * minute;
/** Monday 10:00 in China. */
const now = Date.UTC(2026, 10, 2, 2);
const licences = ['A1', 'A2', 'B1', 'B2', 'C1'] as const;

const around = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((minutes) => now + minutes * minute);
const grants = fc.array(
  fc.record({
    credential: fc.constantFrom('professional_qualification', 'health_certificate'),
    validFrom: around(-300, 60),
    validUntil: around(-60, 300),
  }),
  { maxLength: 3 },
);
const driving = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 240 })).map(([ago, length]) => ({
    from: now - ago * minute,
    to: Math.min(now, now - (ago - length) * minute),
  })),
  { maxLength: 4 },
);
const drivers = fc.record({
  zoneId: fc.constantFrom('yiwu', 'yiwu', 'pujiang'),
  carrierId: fc.constantFrom('SF', 'JD', undefined),
  licences: fc.subarray([...licences]),
  grants,
  driving,
  shiftEndsAt: around(0, 600),
});
const trucks = fc.record({
  licenceRequired: fc.constantFrom(...licences),
  carrierId: fc.constantFrom('SF', undefined),
  isNamed: fc.boolean(),
});
const packs = fc.constantFrom('cn-freight', 'cn-strict').map((id) => policyPack(id).rules);

type Made = typeof drivers extends fc.Arbitrary<infer T> ? T : never;

/** What the service's rules know of a driver. */
const factsOf = (driver: Made, isInside: boolean): DriverFacts => ({
  driverId: 'R1',
  insideZoneId: isInside ? driver.zoneId : null,
  licences: driver.licences,
  ...(driver.carrierId !== undefined && { carrierId: driver.carrierId }),
  ...(isInside && { shift: { stationCode: 'JD', endsAt: driver.shiftEndsAt } }),
  credentials: driver.grants,
  activity: { driving: driver.driving, rests: [] },
});

/** What the board tells of him, as the service draws it. */
const boardOf = (rules: PolicyRules, driver: Made) => {
  const held = truckClasses(rules, driver.licences, driver.grants, now);
  const activity = { driving: driver.driving, rests: [] };
  const onDuty = {
    driverId: 'R1',
    licences: driver.licences,
    trucks: held,
    zoneId: driver.zoneId,
    shiftEndsAt: toIso(driver.shiftEndsAt),
    minutesLeft: minutesLeft(rules, activity, now, driver.shiftEndsAt),
  };
  const outside = {
    driverId: 'R1',
    trucks: held,
    meals: 0,
    ...(driver.carrierId !== undefined && { carrierId: driver.carrierId }),
  };
  return { driversOnDuty: [onDuty], outsideDrivers: [outside] };
};

it('whom the console offers without the service is whom the service would take, with the same reason for the others', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(packs, drivers, trucks, fc.boolean(), (rules, driver, truck, isInto) => {
      const { licenceRequired, carrierId } = truck;
      const returnDriverIds = truck.isNamed ? ['R1'] : [];
      const flow = isInto ? ('into_zone' as const) : ('out_of_zone' as const);
      const needs = { flow, zoneId: 'yiwu', licenceRequired, carrierId, returnDriverIds };
      const [offered] = driversByHand(boardOf(rules, driver), needs, now);
      // A truck that leaves the zone is no planned driving, and the board knows nothing of what an outside driver has driven.
      const facts = factsOf(isInto ? driver : { ...driver, driving: [] }, isInto);
      const verdict = checkEligibility(rules, facts, {
        flow,
        zoneId: 'yiwu',
        licenceRequired,
        ...(carrierId !== undefined && { carrierId }),
        returnDriverIds,
        plannedStartAt: now,
        ...(isInto && { plannedReturnAt: now + 2 * hour }),
      });
      const expected = verdict.eligible ? undefined : verdict.rule;
      seen.add(`${flow} ${expected ?? 'offered'}`);
      expect(offered?.block).toBe(expected);
    }),
    { numRuns: 5_000 },
  );
  expect([...seen].toSorted()).toEqual([
    'into_zone credentials',
    'into_zone home_before_shift_ends',
    'into_zone hours',
    'into_zone licence',
    'into_zone offered',
    'into_zone side',
    'out_of_zone credentials',
    'out_of_zone licence',
    'out_of_zone offered',
    'out_of_zone side',
  ]);
});

it('offers nobody who has a truck or is assigned, and puts who is offered first, who may drive longest before the others', () => {
  const trucksOf = [{ licence: 'A2' as const, isQualified: true }];
  const onDuty = (driverId: string, minutes: number, more = {}) => ({
    driverId,
    licences: ['A2' as const],
    trucks: trucksOf,
    zoneId: 'yiwu',
    shiftEndsAt: toIso(now + 9 * hour),
    minutesLeft: minutes,
    ...more,
  });
  const driversOnDuty = [
    onDuty('drives', 400, { holdsPlate: '浙G1' }),
    onDuty('short', 200),
    onDuty('assigned', 500, { liveHandoffId: 'h' }),
    onDuty('long', 300),
  ];
  const needs = { flow: 'into_zone' as const, zoneId: 'yiwu', licenceRequired: 'A2' };
  const found = driversByHand({ driversOnDuty, outsideDrivers: [] }, needs, now);
  expect(found.map(({ driverId, block }) => [driverId, block])).toEqual([
    ['long', undefined],
    ['short', undefined],
    ['assigned', 'busy'],
    ['drives', 'busy'],
  ]);
});

it('goes by what it knows of a board that an older version has kept on the device', () => {
  const old = { driverId: 'R1', licences: ['A2'], shiftEndsAt: toIso(now + 9 * hour), minutesLeft: 300 };
  const board = { driversOnDuty: [old], outsideDrivers: [{ driverId: 'O1', meals: 0 }] } as never;
  const needs = { zoneId: 'yiwu', licenceRequired: 'A1' };
  expect(driversByHand(board, { ...needs, flow: 'into_zone' }, now)[0]?.block).toBeUndefined();
  expect(driversByHand(board, { ...needs, flow: 'out_of_zone' }, now)[0]?.block).toBe('side');
});
