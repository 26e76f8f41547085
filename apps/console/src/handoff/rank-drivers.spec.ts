import { rankDrivers } from './rank-drivers.js';

const drivers = [
  { driverId: 'busy', minutesLeft: 240, liveHandoffId: 'h' },
  { driverId: 'driving', minutesLeft: 240, holdsPlate: '浙G1' },
  { driverId: 'tired', minutesLeft: 20 },
  { driverId: 'rested', minutesLeft: 200 },
  { driverId: 'near', minutesLeft: 100 },
  { driverId: 'suggested', minutesLeft: 90 },
];
const onDuty = drivers.map((driver) => ({ ...driver, licences: ['A2'] }));

it('puts suggested before near before rested, and who is not free last', () => {
  const ranked = rankDrivers(
    onDuty,
    [{ driverId: 'suggested' }],
    [{ driverId: 'near', cost: 60, parts: { delaySeconds: 61 } }],
  );
  expect(ranked.map(({ driverId }) => driverId)).toEqual(['suggested', 'near', 'rested', 'tired', 'busy', 'driving']);
  expect(ranked[1]).toEqual({
    driverId: 'near',
    licences: ['A2'],
    minutesLeft: 100,
    isFree: true,
    isSuggested: false,
    delayMinutes: 2,
  });
  expect(ranked.at(-1)?.isFree).toBe(false);
});
