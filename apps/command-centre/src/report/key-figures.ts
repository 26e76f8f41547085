import { figureOf } from '../board/figure.js';
import type { KpiName } from '../kpis/kpis.js';
import type { KeyFigures } from './report.dto.js';

/** Counts of one figure in one bucket, of a day or a station. */
export interface KeyedBucket {
  /** Of a day its beginning as text, of a station its code. */
  readonly key: string;
  readonly kpi: KpiName;
  /** Of arrivals alone; else empty. */
  readonly flow: string;
  readonly bucket: number;
  readonly count: number;
}

/** The figures that key figures are made of. */
export const keyKpis = [
  'arrivals',
  'departures',
  'driver_no_shows',
  'truck_no_shows',
  'declines',
  'aborts',
  'holds',
  'check_failures',
  'exceptions',
  'runs_overdue',
  'driver_wait',
  'dwell',
  'turn_time',
] as const satisfies readonly KpiName[];

/** Key figures of all these buckets together: percentiles are those of all durations, not means of percentiles. */
export function keyFigures(rows: readonly KeyedBucket[]): Pick<KeyFigures, keyof KeyFigures> {
  const of = (kpi: KpiName, flow = '') =>
    figureOf(rows.filter((row) => row.kpi === kpi && row.flow === flow).map(({ bucket, count }) => [bucket, count]));
  const wait = of('driver_wait');
  const dwell = of('dwell');
  const turn = of('turn_time');
  return {
    arrivalsIn: of('arrivals', 'into_zone').count,
    arrivalsOut: of('arrivals', 'out_of_zone').count,
    departures: of('departures').count,
    driverNoShows: of('driver_no_shows').count,
    truckNoShows: of('truck_no_shows').count,
    declines: of('declines').count,
    aborts: of('aborts').count,
    holds: of('holds').count,
    checkFailures: of('check_failures').count,
    exceptions: of('exceptions').count,
    runsOverdue: of('runs_overdue').count,
    ...(wait.p50Seconds !== undefined && { driverWaitP50Seconds: wait.p50Seconds }),
    ...(wait.p90Seconds !== undefined && { driverWaitP90Seconds: wait.p90Seconds }),
    ...(dwell.p50Seconds !== undefined && { dwellP50Seconds: dwell.p50Seconds }),
    ...(dwell.p90Seconds !== undefined && { dwellP90Seconds: dwell.p90Seconds }),
    ...(turn.p90Seconds !== undefined && { turnTimeP90Seconds: turn.p90Seconds }),
  };
}
