import { outcomesOf } from './outcomes.js';

const figure = (kpi: string, flow: string, split: string, count: number) => ({ kpi, flow, split, count });

it('puts both ways of a figure beside each other, the most frequent part first, and leaves out what is no outcome', () => {
  const figures = [
    figure('dwell', 'into_zone', 'normal', 90),
    figure('declines', 'into_zone', 'tired', 2),
    figure('declines', 'into_zone', 'too_far', 1),
    figure('declines', 'out_of_zone', 'too_far', 3),
    figure('driver_no_shows', 'into_zone', '', 4),
    figure('check_failures', 'into_zone', 'vehicle/brakes', 1),
  ];
  expect(outcomesOf(figures)).toEqual([
    { kpi: 'driver_no_shows', part: '', into: 4, out: 0 },
    { kpi: 'declines', part: 'too_far', into: 1, out: 3 },
    { kpi: 'declines', part: 'tired', into: 2, out: 0 },
    { kpi: 'check_failures', part: 'vehicle/brakes', into: 1, out: 0 },
  ]);
});

it('counts what has no direction among those into the zone', () => {
  expect(outcomesOf([figure('aborts', '', 'seal_mismatch', 2)])).toEqual([
    { kpi: 'aborts', part: 'seal_mismatch', into: 2, out: 0 },
  ]);
});
