import { alertList, alerts } from './alert-tables.js';
import { capacity } from './capacity-table.js';
import { causes, everyFigure, exceptions, times } from './figure-tables.js';
import type { ReportWord } from './report-words.js';
import type { CentreReportResponse, KeyFigures } from './report.dto.js';
import type { Cell, CellKind, Table } from './table.js';
import type { Words } from './words.js';

type Report = CentreReportResponse;

/** Every table of a report, in the order in which it is read. */
export const tablesOf = (report: Report, words: Words): Table[] => [
  summary(report, words),
  times(report, words),
  days(report, words),
  hours(report, words),
  stations(report, words),
  causes(report, words),
  exceptions(report, words),
  alerts(report, words),
  alertList(report, words),
  capacity(report, words),
  everyFigure(report, words),
];

const counted = [
  ['arrivalsIn', 'arrivals', 'into_zone'],
  ['arrivalsOut', 'arrivals', 'out_of_zone'],
  ['departures', 'departures', ''],
  ['driverNoShows', 'driver_no_shows', ''],
  ['truckNoShows', 'truck_no_shows', ''],
  ['declines', 'declines', ''],
  ['aborts', 'aborts', ''],
  ['holds', 'holds', ''],
  ['checkFailures', 'check_failures', ''],
  ['exceptions', 'exceptions', ''],
  ['runsOverdue', 'runs_overdue', ''],
] as const satisfies readonly (readonly [keyof KeyFigures, string, string])[];

function summary(report: Report, words: Words): Table {
  const { total, before, known, isOver, span } = report;
  const isWeek = span === 'week';
  const rows = counted.map(([field, kpi, flow]) => {
    const value = total[field];
    // A time that is running has not had its trucks yet.
    const perDay = isOver ? value / (isWeek ? 7 : 1) : null;
    const perDayBefore = known.daysBefore > 0 ? before[field] / known.daysBefore : null;
    const name = flow === '' ? words.names.kpi(kpi) : `${words.names.kpi(kpi)} · ${words.names.code(flow)}`;
    const change = perDay === null || !perDayBefore ? null : 100 * (perDay / perDayBefore - 1);
    return [name, value, ...(isWeek ? [perDay] : []), perDayBefore, change];
  });
  return words.table(
    'summary',
    [
      ['figure', 'text'],
      ['value', 'count'],
      ...(isWeek ? [['per_day', 'mean'] as const] : []),
      ['before_per_day', 'mean'],
      ['change', 'change'],
    ],
    rows,
  );
}

const keyColumns = [
  ['arrivals_in', 'count'],
  ['arrivals_out', 'count'],
  ['departures', 'count'],
  ['wait_p50', 'duration'],
  ['wait_p90', 'duration'],
  ['dwell_p50', 'duration'],
  ['dwell_p90', 'duration'],
  ['turn_p90', 'duration'],
  ['no_shows', 'count'],
  ['declines', 'count'],
  ['exceptions', 'count'],
] as const satisfies readonly (readonly [ReportWord, CellKind])[];

const keyCells = (key: KeyFigures): Cell[] => [
  key.arrivalsIn,
  key.arrivalsOut,
  key.departures,
  key.driverWaitP50Seconds ?? null,
  key.driverWaitP90Seconds ?? null,
  key.dwellP50Seconds ?? null,
  key.dwellP90Seconds ?? null,
  key.turnTimeP90Seconds ?? null,
  key.driverNoShows,
  key.declines,
  key.exceptions,
];

const days = (report: Report, words: Words): Table =>
  words.table(
    'days',
    [['day', 'day'], ...keyColumns],
    report.days.map(({ at, ...key }) => [Date.parse(at), ...keyCells(key)]),
  );

/** A week has more hours than paper: there they are a plot. */
const hours = (report: Report, words: Words): Table =>
  words.table(
    'hours',
    [
      ['hour', 'hour'],
      ['arrivals_in', 'count'],
      ['arrivals_out', 'count'],
      ['departures', 'count'],
      ['departures_before', 'mean'],
    ],
    report.hours.map(({ at, arrivalsIn, arrivalsOut, departures, departuresBefore }) => [
      Date.parse(at),
      arrivalsIn,
      arrivalsOut,
      departures,
      departuresBefore ?? null,
    ]),
    report.span === 'week' ? 0 : 24,
  );

const stations = (report: Report, words: Words): Table =>
  words.table(
    'stations',
    [['station', 'text'], ...keyColumns, ['alerts', 'count']],
    report.stations.map(({ stationCode, alerts: own, ...key }) => [
      words.names.place(stationCode),
      ...keyCells(key),
      own,
    ]),
  );
