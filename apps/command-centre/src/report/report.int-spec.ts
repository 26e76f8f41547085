import { decodeEvent } from '@yizhan/event-log';
import type { Claims } from '@yizhan/identity';
import { ManualClock } from '@yizhan/kernel';
import { parse } from 'csv-parse/sync';
import excel from 'exceljs';
import { appendDocuments } from '../../../../test/support/append-documents.js';
import { figuresByScript } from '../../../../test/support/figures-by-script.js';
import { recordedLines } from '../../../../test/support/recorded-log.js';
import { idOf } from '../../../../test/support/relay.js';
import {
  type CommandCentreGround,
  type CommandCentreProcess,
  openCommandCentreGround,
} from '../../../../test/support/start-command-centre.js';
import { type PdfText, textOfPdf } from '../../../../test/support/text-of-pdf.js';
import type { AreaBoardResponse } from '../board/board.dto.js';
import type { CentreReportResponse } from './report.dto.js';

type Who = Omit<Claims, 'sub'>;
const administrator: Who = { role: 'administrator' };
const hour = 3_600_000;
const day = 24 * hour;
/** 23:30 of the second of March in China: the day is running. */
const evening = Date.parse('2026-03-02T15:30:00.000Z');
const nextMorning = Date.parse('2026-03-03T02:00:00.000Z');
const midnight = Date.parse('2026-03-01T16:00:00.000Z');

let clock: ManualClock;
let ground: CommandCentreGround;
let process: CommandCentreProcess;
let expected: ReturnType<typeof figuresByScript>;

/** The recorded log as if it had happened so many days earlier, of other trucks. */
const daysEarlier = (days: number) =>
  recordedLines.map((line) => {
    const moved = line
      .replaceAll(/\b2026-03-0[0-9]T[0-9:.]+Z/g, (at) => new Date(Date.parse(at) - days * day).toISOString())
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) => idOf(`${id} ${days}`));
    const decoded = decodeEvent(moved);
    if ('reason' in decoded) throw new Error(decoded.reason);
    return decoded.event;
  });

/** The recorded log three times, a day apart. */
beforeAll(async () => {
  clock = new ManualClock(evening);
  ground = await openCommandCentreGround(clock);
  const writing = await ground.test.open('station');
  for (const days of [2, 1, 0]) await appendDocuments(writing, daysEarlier(days));
  await ground.write([]);
  process = await ground.start();
  await process.drain();
  expected = figuresByScript(await ground.log());
}, 120_000);
afterAll(() => ground.close());
beforeEach(() => clock.moveTo(Math.max(clock.now(), evening)));

const address = (query: string, area = 'yiwu') => `/api/v1/command-centre/areas/${area}/report?${query}`;

async function report(query: string, who: Who = administrator): Promise<CentreReportResponse> {
  const { status, body } = await process.ask(who, address(query));
  expect([query, status]).toEqual([query, 200]);
  return body as unknown as CentreReportResponse;
}

/** Of a stretch of time, as the script has it. */
const countOf = (from: number, to: number, kpi: string, flow = ''): number =>
  Object.entries(expected.counts)
    .filter(([key]) => isOf(key, from, to, kpi, flow))
    .reduce((total, [, count]) => total + count, 0);

function percentileOf(from: number, to: number, kpi: string, percent: number): number {
  const all = Object.entries(expected.spans).flatMap(([key, values]) => (isOf(key, from, to, kpi, '') ? values : []));
  const sorted = all.toSorted((one, other) => one - other);
  return (sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? NaN) / 1000;
}

function isOf(key: string, from: number, to: number, kpi: string, flow: string): boolean {
  const [area, at, , , ofFlow, figure] = key.split('|');
  return area === 'yiwu' && Number(at) >= from && Number(at) < to && figure === kpi && (flow === '' || ofFlow === flow);
}

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
] as const;

it('has of the day and of the day before what another program computes from the export', async () => {
  const { total, before, known, days } = await report('day=2026-03-02');
  expect(known.daysBefore).toBe(1);
  expect(known.countedSince).toBe('2026-02-28T01:00:00.000Z');
  expect(days.map(({ at }) => at)).toEqual(['2026-02-28T16:00:00.000Z', '2026-03-01T16:00:00.000Z']);
  for (const [field, kpi, flow] of counted) {
    expect([field, total[field]]).toEqual([field, countOf(midnight, midnight + day, kpi, flow)]);
    expect([field, before[field]]).toEqual([field, countOf(midnight - day, midnight, kpi, flow)]);
    expect([field, days.map((each) => each[field])]).toEqual([field, [before[field], total[field]]]);
  }
  expect(total.arrivalsIn).toBeGreaterThan(10);
  const near = (value: number | undefined, exact: number) =>
    expect(Math.abs((value ?? NaN) - exact)).toBeLessThanOrEqual(0.015 * exact);
  near(total.driverWaitP90Seconds, percentileOf(midnight, midnight + day, 'driver_wait', 90));
  near(total.dwellP50Seconds, percentileOf(midnight, midnight + day, 'dwell', 50));
  near(before.dwellP90Seconds, percentileOf(midnight - day, midnight, 'dwell', 90));
  near(total.turnTimeP90Seconds, percentileOf(midnight, midnight + day, 'turn_time', 90));
});

it('agrees with the board that shows the same hours, with its own hours, days and stations', async () => {
  const { body } = await process.ask(administrator, '/api/v1/command-centre/areas/yiwu/board?hours=24');
  const board = body as unknown as AreaBoardResponse;
  const { figures, hours, total, stations, isOver, from, to, known } = await report('day=2026-03-02');
  expect([from, to, isOver]).toEqual([board.from, board.to, false]);
  expect(figures).toEqual(board.figures);
  const ofBoard = (at: string) => board.hours.filter((each) => each.hour === at);
  expect(hours).toHaveLength(24);
  for (const { at, departures, departuresBefore } of hours) {
    expect([at, departures]).toEqual([at, ofBoard(at).reduce((sum, row) => sum + row.departures, 0)]);
    const yesterday = Date.parse(at) - day;
    expect([at, departuresBefore]).toEqual([at, countOf(yesterday, yesterday + hour, 'departures')]);
  }
  expect(stations.map(({ stationCode }) => stationCode)).toEqual(['jindong', 'pujiang', 'yiwu-port']);
  for (const field of ['arrivalsIn', 'departures', 'exceptions'] as const) {
    const ofStations = stations.reduce((sum, station) => sum + station[field], 0);
    // What is of no station is in the total alone.
    expect([field, ofStations <= total[field]]).toEqual([field, true]);
    if (field !== 'exceptions') expect([field, ofStations]).toEqual([field, total[field]]);
  }
  expect(known.trucksOnSite).toBeGreaterThan(0);
});

it('is a page with plots and without a script', async () => {
  const { total } = await report('day=2026-03-02');
  const { headers, content } = await process.fetch(administrator, address('day=2026-03-02&format=html&lang=en'));
  const page = content.toString();
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(page).not.toContain('<script');
  expect([...page.matchAll(/<img alt="[^"]+" width="720"/g)]).toHaveLength(4);
  expect(page).toContain(`<td>Departed</td><td class="number">${total.departures}</td>`);
  expect(page).toContain('This time is not over: figures are as of 2026-03-02 23:30');
  expect(page).toContain('trucks are at the stations now');
});

it('sums a week from its days', async () => {
  clock.moveTo(nextMorning);
  const week = await report('span=week&day=2026-03-04');
  expect([week.from, week.to, week.isOver]).toEqual(['2026-03-01T16:00:00.000Z', '2026-03-08T16:00:00.000Z', false]);
  const [monday, tuesday, ...others] = week.days.slice(-2);
  expect(others).toEqual([]);
  for (const [field] of counted)
    expect([field, (monday?.[field] ?? NaN) + (tuesday?.[field] ?? NaN)]).toEqual([field, week.total[field]]);
  expect(week.days).toHaveLength(week.known.daysBefore + 2);
  expect(week.hours).toHaveLength(24 + 10);
});

const tableOf = async (query: string): Promise<Record<string, string>[]> => {
  const { status, headers, content } = await process.fetch(administrator, address(query));
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  return parse(content, { bom: true, columns: true });
};

it('writes the figures of the API as CSV', async () => {
  clock.moveTo(nextMorning);
  const { figures, stations, known, hours } = await report('day=2026-03-02');
  const rows = await tableOf('day=2026-03-02&format=csv&lang=en');
  const written = new Map(rows.map((row) => [[row.Name, row.Direction, row.Part].join('|'), row]));
  expect(figures.length).toBeGreaterThan(30);
  for (const { kpi, flow, split, count, p90Seconds } of figures) {
    const row = written.get([kpi, flow, split].join('|'));
    expect([kpi, flow, split, row?.Count, row?.['P90 (s)']]).toEqual([
      kpi,
      flow,
      split,
      `${count}`,
      p90Seconds === undefined ? '' : `${Math.round(p90Seconds)}`,
    ]);
  }
  const ofStations = await tableOf('day=2026-03-02&format=csv&table=stations&lang=zh');
  expect(ofStations.map((row) => [row['站点'], row['离站'], row['等司机 P90 (s)']])).toEqual(
    stations.map(({ stationCode, departures, driverWaitP90Seconds: wait }) => [
      stationCode,
      `${departures}`,
      wait === undefined ? '' : `${Math.round(wait)}`,
    ]),
  );
  const byHour = await tableOf('day=2026-03-02&format=csv&table=hours&lang=en');
  expect(byHour.map(({ Hour, Departed }) => [Hour, Departed])).toEqual(
    hours.map(({ departures }, index) => [`2026-03-02 ${String(index).padStart(2, '0')}:00`, `${departures}`]),
  );
  const summary = await tableOf('day=2026-03-02&format=csv&table=summary&lang=en');
  const departed = summary.find(({ Figure }) => Figure === 'Departed');
  expect([departed?.['This time'], departed?.['A day before']]).toEqual([
    `${countOf(midnight, midnight + day, 'departures')}`,
    `${Math.round((100 * countOf(midnight - day, midnight, 'departures')) / known.daysBefore) / 100}`,
  ]);
});

/** Excel keeps durations as days, which its reader takes for dates since the end of 1899. */
const secondsOf = (cell: unknown): number =>
  cell instanceof Date ? (cell.getTime() - Date.UTC(1899, 11, 30)) / 1000 : NaN;

it('writes them as a workbook whose numbers can be reckoned with', async () => {
  const { figures, stations } = await report('day=2026-03-02');
  const { content, headers } = await process.fetch(administrator, address('day=2026-03-02&format=xlsx&lang=en'));
  expect(headers['content-disposition']).toContain('filename="report-yiwu-day-2026-03-02.xlsx"');
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(content as unknown as ArrayBuffer);
  const sheet = workbook.getWorksheet('Every figure');
  const rows = (sheet?.getRows(2, (sheet?.rowCount ?? 1) - 1) ?? []).map((row) => row.values as unknown[]);
  for (const { kpi, flow, split, count, p50Seconds } of figures) {
    const row = rows.find(([, name, , direction, part]) => name === kpi && direction === flow && part === split);
    expect([kpi, flow, split, row?.[5]]).toEqual([kpi, flow, split, count]);
    if (p50Seconds !== undefined) expect(secondsOf(row?.[6])).toBeCloseTo(p50Seconds, 0);
  }
  const departures = workbook.getWorksheet('Stations')?.getColumn(4).values.slice(2);
  expect(departures).toEqual(stations.map((each) => each.departures));
});

async function pdf(query: string): Promise<PdfText & { size: number }> {
  const { status, headers, content } = await process.fetch(administrator, address(query));
  expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
  return { ...textOfPdf(content), size: content.length };
}

it.each(['day=2026-03-02', 'span=week&day=2026-03-02'])(
  'writes %s as a PDF with plots, in both languages',
  async (query) => {
    clock.moveTo(nextMorning);
    const { total, stations, figures } = await report(query);
    const [zh, en] = [await pdf(`${query}&format=pdf`), await pdf(`${query}&format=pdf&lang=en`)];
    expect(zh.text).toContain('指挥中心' + (query.startsWith('span') ? '周报' : '日报'));
    expect(zh.text).toContain(`到站车次·进区${total.arrivalsIn}`);
    expect(en.text).toContain(`Departed${total.departures}`);
    for (const { text } of [zh, en])
      for (const { stationCode, arrivalsIn, arrivalsOut, departures } of stations)
        expect(text).toContain(`${stationCode}${arrivalsIn}${arrivalsOut}${departures}`);
    // Titles and names in the plots are text too.
    expect(zh.text).toContain('每小时车次');
    expect(en.text).toContain('Trucksbythehour');
    const swap = figures.find(({ kpi, split }) => kpi === 'swap_time' && split === 'normal');
    expect(zh.text).toContain(`换驾用时站点可控${swap?.flow === 'into_zone' ? '进区' : '出区'}正常${swap?.count}`);
    for (const { pages, size } of [zh, en]) {
      expect(pages).toBeLessThan(9);
      expect(size).toBeLessThan(500_000);
    }
  },
);

it('says which alerts stood, and what could not be counted', async () => {
  await ground.database.rows(
    `INSERT INTO command_centre.alerts (alert_id, area_code, key, rule, station_code, label, level, value, count, subjects,
       opened_at, raised_at, acknowledged_at, acknowledged_by, acknowledged_before_at, acknowledged_before_by,
       escalated_at, resolved_at)
     SELECT gen_random_uuid(), 'yiwu', 'k' || n, rule, station, '', level, 1, 1, '{}', opened::timestamptz, opened::timestamptz,
       CASE WHEN n = 1 THEN opened::timestamptz END, CASE WHEN n = 1 THEN 'centre:zhang' END,
       CASE WHEN n IN (1, 5) THEN opened::timestamptz END, CASE WHEN n IN (1, 5) THEN 'centre:li' END,
       CASE WHEN n = 2 THEN opened::timestamptz END, resolved::timestamptz
     FROM (VALUES (1, 'long_dwell', 'jindong', 'critical', '2026-03-01T15:00:00Z', '2026-03-01T18:00:00Z'),
                  (2, 'long_dwell', 'pujiang', 'warn', '2026-03-02T02:00:00Z', NULL),
                  (3, 'crowded', 'jindong', 'warn', '2026-03-01T02:00:00Z', '2026-03-01T16:00:00Z'),
                  (4, 'crowded', 'jindong', 'warn', '2026-03-02T16:00:00Z', NULL),
                  (5, 'run_overdue', '', 'warn', '2026-03-02T14:00:00Z', '2026-03-02T15:00:00Z'))
       AS a (n, rule, station, level, opened, resolved)`,
  );
  const { alertRules, alerts, stations } = await report('day=2026-03-02');
  const rules = alertRules.map(({ rule, stood, critical, acknowledged, escalated, atEnd, longestSeconds }) =>
    [rule, stood, critical, acknowledged, escalated, atEnd, longestSeconds / 3600].join(' '),
  );
  // The first has stood two hours of this day; the second until now; what was resolved when the day began is not of it.
  expect(rules).toEqual(['long_dwell 2 1 1 1 1 14', 'run_overdue 1 0 1 0 0 1']);
  expect(alerts.map(({ key }) => key)).toEqual(['k5', 'k2', 'k1']);
  expect(stations.map(({ alerts: own }) => own)).toEqual([1, 1, 0]);
  const county = await report('day=2026-03-02&countyCode=330726');
  expect(county.alertRules.map(({ rule, stood }) => [rule, stood])).toEqual([['long_dwell', 1]]);
  expect(county.stations.map(({ stationCode }) => stationCode)).toEqual(['pujiang']);
  const list = await tableOf('day=2026-03-02&format=csv&table=alert_list&lang=en');
  // Who was at it before it grew worse, where nobody is now.
  expect(list.map((row) => row['Seen to by'])).toEqual(['centre:li', '', 'centre:zhang']);
  expect([list[0]?.Since, list[0]?.Until]).toEqual(['2026-03-02 22:00', '2026-03-02 23:00']);

  await ground.database.rows(
    `INSERT INTO command_centre.parked_events (consumer_group, position, partition_key, subject, type, document, state, attempts, parked_at)
     SELECT 'command-centre', 1000000 + n, area, 'visit/x', 'x', '{}', 'parked', 1, 0 FROM (VALUES (1, 'yiwu'), (2, 'ningbo')) AS p (n, area)`,
  );
  expect((await report('day=2026-03-02')).known.eventsHeldUp).toBe(1);
  const { content } = await process.fetch(administrator, address('day=2026-03-02&format=html&lang=zh'));
  expect(content.toString()).toContain('有 1 条事件未能计入');
});

it('says of a time before anything was counted that its noughts mean nothing', async () => {
  const html = async (asked: string) =>
    (await process.fetch(administrator, address(`day=${asked}&format=html&lang=zh`))).content.toString();
  expect(await html('2026-02-20')).toContain('本时段早于统计的开始（2026-02-28 09:00），未统计');
  expect(await html('2026-03-02')).not.toContain('未统计');
});

it('of an area of which nothing is known says so', async () => {
  const { body } = await process.ask(administrator, address('day=2026-03-02', 'nowhere'));
  const empty = body as unknown as CentreReportResponse;
  expect([empty.figures, empty.stations, empty.alerts, empty.known.daysBefore]).toEqual([[], [], [], 0]);
  expect(empty.known.countedSince).toBeUndefined();
  const { status } = await process.fetch(administrator, address('day=2026-03-02&format=pdf', 'nowhere'));
  expect(status).toBe(200);
});

it.each<[Who, string, number, string]>([
  [{ role: 'command_centre', areas: ['yiwu'] }, 'day=2026-03-02', 200, ''],
  [{ role: 'command_centre', areas: ['ningbo'] }, 'day=2026-03-02', 403, 'IDENTITY.NOT_YOUR_AREA'],
  [{ role: 'command_centre', areas: ['ningbo'] }, 'day=2026-03-02&format=pdf', 403, 'IDENTITY.NOT_YOUR_AREA'],
  [{ role: 'command_centre', counties: ['330703'], stations: ['jindong'] }, 'day=2026-03-02', 200, ''],
  [
    { role: 'command_centre', counties: ['330703'], stations: ['elsewhere'] },
    'day=2026-03-02',
    403,
    'IDENTITY.NOT_YOUR_AREA',
  ],
  [{ role: 'operator', stations: ['jindong'] }, 'day=2026-03-02', 403, 'IDENTITY.ROLE_NOT_ALLOWED'],
  [administrator, 'day=2026-02-30', 400, 'REQUEST.INVALID'],
  [administrator, 'day=2030-01-01', 400, 'REPORT.BAD_PERIOD'],
  [administrator, 'day=2030-01-01&format=pdf', 400, 'REPORT.BAD_PERIOD'],
  [administrator, 'span=year', 400, 'REQUEST.INVALID'],
  [administrator, 'format=doc', 400, 'REQUEST.INVALID'],
  [administrator, 'utcOffsetMinutes=330', 400, 'REPORT.BAD_PERIOD'],
])('%j asks for %s: %d %s', async (who, query, expectedStatus, code) => {
  const { status, body } = await process.ask(who, address(query));
  expect([status, (body as { code?: string }).code ?? '']).toEqual([expectedStatus, code]);
});
