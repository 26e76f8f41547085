import { isEvent } from '@yizhan/contracts';
import type { Claims } from '@yizhan/identity';
import { ManualClock } from '@yizhan/kernel';
import { appendDocuments } from '../../../../test/support/append-documents.js';
import {
  differences,
  expectedFigures,
  figuresByScript,
  keptFigures,
} from '../../../../test/support/figures-by-script.js';
import { recordedEvents } from '../../../../test/support/recorded-log.js';
import { idOf } from '../../../../test/support/relay.js';
import {
  type CommandCentreGround,
  type CommandCentreProcess,
  openCommandCentreGround,
} from '../../../../test/support/start-command-centre.js';
import type { OverviewResponse } from '../overview/overview.dto.js';
import type { AreaBoardResponse, FigureRow } from './board.dto.js';

type Who = Omit<Claims, 'sub'>;
const administrator: Who = { role: 'administrator' };
const evening = Date.parse('2026-03-02T15:30:00.000Z');

let ground: CommandCentreGround;
let process: CommandCentreProcess;

/** The recorded log, in two areas. */
beforeAll(async () => {
  ground = await openCommandCentreGround(new ManualClock(evening));
  const writing = await ground.test.open('station');
  await appendDocuments(writing, recordedEvents());
  const elsewhere = recordedEvents().map((event) => ({
    ...event,
    id: idOf(`elsewhere ${event.id}`),
    subject: `${event.subject}-elsewhere`,
    partitionkey: 'ningbo',
  }));
  await appendDocuments(writing, elsewhere);
  await ground.write([]);
  const processes = [await ground.start(), await ground.start()];
  await Promise.all(processes.map((each) => each.drain()));
  await processes[1].stop();
  process = processes[0];
});
afterAll(() => ground.close());

const ask = async (who: Who, path: string) => {
  const { status, body } = await process.ask(who, `/api/v1/command-centre/areas/${path}`);
  return { status, body: body as unknown };
};

const board = async (who: Who = administrator, path = 'yiwu/board'): Promise<AreaBoardResponse> => {
  const { status, body } = await ask(who, path);
  expect(status).toBe(200);
  return body as AreaBoardResponse;
};

const figures = async (query: string, who: Who = administrator): Promise<FigureRow[]> => {
  const rows: FigureRow[] = [];
  for (let next: string | null = ''; next !== null;) {
    const { status, body } = await ask(who, `yiwu/figures?${query}${next === '' ? '' : `&after=${next}`}`);
    expect(status).toBe(200);
    const page = body as { items: FigureRow[]; next: string | null };
    rows.push(...page.items);
    next = page.next;
  }
  return rows;
};

it.each(['station', 'carrier', 'enterprise'] as const)(
  'keeps by %s what another program computes from the export',
  async (dimension) => {
    const expected = expectedFigures(figuresByScript(await ground.log()), dimension);
    const kept = await keptFigures(ground.database, dimension);
    expect(differences(expected, kept)).toEqual([]);
    expect(kept.size).toBeGreaterThan(dimension === 'enterprise' ? 5 : 100);
  },
);

it('sums the hours of a board, and of figures by day and in all', async () => {
  const { from, to, figures: shown, hours } = await board();
  expect([from, to]).toEqual(['2026-03-01T16:00:00.000Z', '2026-03-02T16:00:00.000Z']);
  const whole = `from=${from}&to=${to}`;
  const total = await figures(`step=total&${whole}`);
  for (const { kpi, flow, split, count } of shown) {
    const parts = total.filter((row) => row.kpi === kpi && row.flow === flow && row.split === split);
    expect([kpi, parts.reduce((sum, row) => sum + row.count, 0)]).toEqual([kpi, count]);
  }
  const arrivals = shown.filter(({ kpi }) => kpi === 'arrivals').reduce((sum, row) => sum + row.count, 0);
  expect(arrivals).toBe(31);
  expect(hours.reduce((sum, row) => sum + row.arrivals, 0)).toBe(arrivals);
  // The whole of it is one local day, of which the evening before in UTC is a part.
  const [day, ...others] = new Set((await figures(`step=day&${whole}`)).map(({ at }) => at));
  expect([day, others]).toEqual([from, []]);
  expect((await figures(`step=day&utcOffsetMinutes=0&${whole}&limit=7`)).length).toBe(total.length);
});

it('gives durations as percentiles, of each course', async () => {
  const { figures: shown } = await board();
  const dwell = shown.filter(({ kpi }) => kpi === 'dwell');
  expect(new Set(dwell.map(({ split }) => split))).toEqual(new Set(['exception', 'normal']));
  for (const { count, p50Seconds = NaN, p95Seconds = NaN } of dwell) {
    expect(count).toBeGreaterThan(0);
    expect(p50Seconds).toBeGreaterThan(0);
    expect(p95Seconds).toBeGreaterThanOrEqual(p50Seconds);
  }
});

it('says how everything stands now', async () => {
  const { now, asOf } = await board();
  const stations = now.filter(({ kind }) => kind === 'station');
  expect(stations.map(({ stationCode, state, label }) => [stationCode, state, label])).toEqual([
    ['jindong', 'open', '330703'],
    ['pujiang', 'open', '330726'],
    ['yiwu-port', 'open', '330782'],
  ]);
  const drivers = now.filter(({ kind }) => kind === 'driver');
  // Twelve shifts were begun, and six of them ended.
  expect(drivers.reduce((sum, { count }) => sum + count, 0)).toBe(6);
  // What is left of those shifts, by the events alone.
  const shifts = new Map<string, number>();
  for (const event of recordedEvents()) {
    if (isEvent(event, 'driver.shift_started')) shifts.set(event.subject, Date.parse(event.data.endsAt));
    if (isEvent(event, 'driver.shift_ended')) shifts.delete(event.subject);
  }
  const left = [...shifts.values()].map((endsAt) => Math.max(0, endsAt - Date.parse(asOf)) / 1_000);
  const secondsLeft = drivers.reduce((sum, row) => sum + row.secondsLeft, 0);
  expect(Math.abs(secondsLeft - left.reduce((sum, seconds) => sum + seconds, 0))).toBeLessThan(drivers.length);
  expect(secondsLeft).toBeGreaterThan(0);
  for (const { count, secondsSince, oldestSince } of drivers) {
    const oldest = Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(oldestSince)) / 1_000));
    expect(secondsSince).toBeGreaterThanOrEqual(oldest);
    expect(secondsSince).toBeLessThanOrEqual((oldest + 1) * count);
  }
  const inside = now.filter(({ kind }) => kind === 'visit').reduce((sum, { count }) => sum + count, 0);
  expect(inside).toBe(1);
});

it('shows a county its own stations', async () => {
  const { figures: shown, hours } = await board(administrator, 'yiwu/board?countyCode=330726');
  expect(new Set(hours.map(({ stationCode }) => stationCode))).toEqual(new Set(['pujiang']));
  expect(shown.length).toBeGreaterThan(0);
});

it('says of a county in which nothing of the area lies that it is none, instead of noughts', async () => {
  for (const path of ['board', 'report']) {
    const { status, body } = await ask(administrator, `yiwu/${path}?countyCode=330102`);
    expect([path, status, body]).toEqual([path, 404, expect.objectContaining({ code: 'COUNTY.NOT_FOUND' })]);
  }
});

it('sets the last full hour of all areas beside the same hour of the days before', async () => {
  const lastHour = async (area: string) => {
    const who = { role: 'command_centre', areas: [area] } as const;
    const { body } = await process.ask(who, '/api/v1/command-centre/overview');
    return (body as unknown as OverviewResponse).lastHour;
  };
  const hour = '2026-03-02T14:00:00.000Z';
  expect(await lastHour('hangzhou')).toEqual({ hour, now: 0 });
  await ground.database.rows(
    `INSERT INTO command_centre.throughput (hour, area_code, station_code, figure, split, count)
     VALUES ('2026-03-02T14:00Z', 'hangzhou', 'a', 'departed', 'swapped', 4), ('2026-03-02T14:00Z', 'hangzhou', 'b', 'departed', 'swapped', 3),
            ('2026-03-02T14:00Z', 'hangzhou', 'a', 'arrived', 'into_zone', 9), ('2026-03-02T15:00Z', 'hangzhou', 'a', 'departed', 'swapped', 8),
            ('2026-03-02T14:00Z', 'huzhou', 'c', 'departed', 'swapped', 50), ('2026-03-01T14:00Z', 'hangzhou', 'a', 'departed', 'swapped', 5),
            ('2026-02-27T02:00Z', 'hangzhou', 'a', 'arrived', 'into_zone', 1)`,
  );
  // Counted since the 27th at two: of the three hours of days before two saw nobody leave.
  expect(await lastHour('hangzhou')).toEqual({ hour, now: 7, yesterday: 5, usual: 5 / 3 });
});

it('shows no more hours than it is asked for', async () => {
  const { from, hours } = await board(administrator, 'yiwu/board?hours=1');
  expect([from, hours]).toEqual(['2026-03-02T15:00:00.000Z', []]);
});

it.each<[Who, string, number]>([
  [{ role: 'command_centre', areas: ['yiwu'] }, 'yiwu/board', 200],
  [{ role: 'command_centre', areas: ['ningbo'] }, 'yiwu/board', 403],
  [{ role: 'command_centre', areas: ['ningbo'] }, 'yiwu/figures', 403],
  [{ role: 'operator', stations: ['jindong'] }, 'yiwu/board', 403],
  [administrator, 'yiwu/board?hours=0', 400],
  [administrator, 'yiwu/board?hours=169', 400],
  [administrator, 'yiwu/figures?step=week', 400],
  [administrator, 'yiwu/figures?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z', 400],
  [administrator, 'yiwu/figures?after=x', 400],
  [administrator, `yiwu/figures?after=${Buffer.from('["x","a","b","c","d"]').toString('base64url')}`, 400],
])('%j asks for %s: %d', async (who, path, expected) => {
  expect((await ask(who, path)).status).toBe(expected);
});
