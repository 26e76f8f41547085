import { driversBySide } from './drivers-by-side.js';

const asOf = '2026-03-02T04:30:00.000Z';
const since = (minutes: number): string => new Date(Date.parse(asOf) - minutes * 60_000).toISOString();
const now = (kind: string, state: string, stationCode: string, count: number) => ({
  kind,
  state,
  stationCode,
  count,
  oldestSince: since(10),
  overdue: 0,
});

it('shows the drivers on duty by side, with what is left of their shifts and how long those who are idle have been', () => {
  const driver = (state: string, count: number, secondsLeft: number, secondsSince: number) => ({
    ...now('driver', state, 'jindong', count),
    label: 'inside',
    secondsLeft,
    secondsSince,
  });
  const rows = [
    driver('idle', 2, 7_200, 900),
    { ...driver('idle', 1, 3_600, 3_000), stationCode: 'pujiang', oldestSince: since(50) },
    driver('assigned', 1, 1_800, 60),
    driver('swapping', 1, 1_800, 60),
    driver('driving', 3, 10_800, 9_000),
    now('visit', 'released', 'pujiang', 1),
  ];
  expect(driversBySide({ asOf, now: rows })).toEqual([
    {
      side: 'inside',
      onDuty: 8,
      idle: 3,
      atHandoff: 2,
      driving: 3,
      secondsLeft: 25_200,
      idleSeconds: 1_300,
      longestIdleSeconds: 3_000,
    },
    {
      side: 'outside',
      onDuty: 0,
      idle: 0,
      atHandoff: 0,
      driving: 0,
      secondsLeft: 0,
      idleSeconds: undefined,
      longestIdleSeconds: undefined,
    },
  ]);
});
