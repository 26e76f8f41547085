import { againstDaysBefore } from './days-before.js';

const left = (hour: string, departures: number) => ({ hour, stationCode: 'a', flow: '', arrivals: 0, departures });
const to = '2026-03-05T05:00:00.000Z';

it('sets the last full hour beside the same one of the days before', () => {
  const hours = [
    left('2026-03-02T09:00:00.000Z', 7),
    left('2026-03-03T03:00:00.000Z', 4),
    left('2026-03-05T03:00:00.000Z', 5),
    left('2026-03-05T03:00:00.000Z', 1),
    left('2026-03-05T04:00:00.000Z', 90),
  ];
  // Nobody left in that hour of the fourth; of the second nothing was known yet.
  expect(againstDaysBefore({ hours }, to)).toEqual({
    hour: '2026-03-05T03:00:00.000Z',
    now: 6,
    yesterday: 0,
    usual: 2,
  });
});

it('has nothing to compare with on the first day', () => {
  expect(againstDaysBefore({ hours: [] }, to)).toEqual({ hour: '2026-03-05T03:00:00.000Z', now: 0 });
});
