import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventName, eventType, type YizhanEvent } from '@yizhan/contracts';
import type { Claims } from '@yizhan/identity';
import { ManualClock, toIso } from '@yizhan/kernel';
import { appendDocuments } from '../../../../test/support/append-documents.js';
import { recordedEvents } from '../../../../test/support/recorded-log.js';
import { idOf } from '../../../../test/support/relay.js';
import {
  type CommandCentreGround,
  type CommandCentreProcess,
  openCommandCentreGround,
} from '../../../../test/support/start-command-centre.js';
import { rebuild } from '../rebuild/rebuild.js';
import type { AreaBoardResponse } from '../board/board.dto.js';
import type { OverviewResponse } from '../overview/overview.dto.js';
import type { AreaCapacityResponse, CapacityFigure } from './capacity.dto.js';

const minute = 60_000;
const day = 1_440 * minute;
/** Half past nine on a Thursday evening in China. */
const now = Date.parse('2026-03-05T13:30:00.000Z');
const administrator = { role: 'administrator' } as const;

let ground: CommandCentreGround;
let process: CommandCentreProcess;
const sample = recordedEvents()[0];

/** What happens at an instant, as the station would tell it. */
const told = (name: EventName, subject: string, at: number, data: object, area = 'yiwu'): YizhanEvent =>
  ({
    ...sample,
    id: idOf(`${name} ${subject} ${at} ${area}`),
    type: eventType(name),
    subject,
    time: toIso(at),
    partitionkey: area,
    data,
  }) as unknown as YizhanEvent;

const of = (enterpriseId: string) => `enterprise/${enterpriseId}`;
const describes = (enterpriseId: string, countyCode: string, data: object, area?: string) =>
  told('enterprise.described', of(enterpriseId), now - 20 * day, { enterpriseId, countyCode, ...data }, area);
const says = (enterpriseId: string, at: number, capacityPercent: number, area?: string) =>
  told('enterprise.changed', of(enterpriseId), at, { enterpriseId, priority: 0, capacityPercent }, area);
const uses = (enterpriseId: string, to: number, kilowattHours: number, days = 1, area?: string) => {
  const time = { usedFromAt: toIso(to - days * day), usedToAt: toIso(to) };
  const data = { enterpriseId, ...time, kilowattHours, quarterDailyKilowattHours: 1_000 };
  return told('enterprise.electricity_reported', of(enterpriseId), to + minute, data, area);
};
/** A truck comes with goods of these and leaves. */
const load = (
  no: string,
  at: number,
  enterpriseIds: readonly string[],
  { flow = 'into_zone', outcome = 'swapped' } = {},
) => {
  const visit = { visitId: no, areaCode: 'yiwu', stationCode: 'jindong' };
  const truck = { plate: `G${no}`, plateColour: 'yellow', licenceRequired: 'A2' };
  const consignments = enterpriseIds.map((enterpriseId) => ({
    id: `C-${no}-${enterpriseId}`,
    enterpriseId,
    category: 'parts',
  }));
  const came = {
    ...visit,
    zoneId: 'yiwu',
    flow,
    truck,
    custodian: { kind: 'driver', id: 'O1' },
    priority: 0,
    consignments,
  };
  const custodian = { kind: 'driver', id: 'G1' };
  return [
    told('visit.arrived', `visit/${no}`, at - 40 * minute, { ...came, arrivedAt: toIso(at - 40 * minute) }),
    told('visit.departed', `visit/${no}`, at, { ...visit, outcome, custodian, departedAt: toIso(at) }),
  ];
};

function madeEvents(): YizhanEvent[] {
  const usual = { usualLoadsInPerDay: 2, usualLoadsOutPerDay: 1 };
  const whole = { aboveScale: true, ...usual };
  const trucks = [5.9, 5.2, 4.1, 3, 2.5, 2.2, 1.4, 0.9, 0.3, 0.01].map((days, index) =>
    load(`in-${index}`, now - Math.round(days * day), index % 3 === 0 ? ['big', 'small'] : ['big']),
  );
  const [, left] = load('retracted', now - day, ['big']);
  return [
    describes('big', '330703', { ...whole, outputWeight: 900 }),
    describes('small', '330703', { ...whole, outputWeight: 100 }),
    describes('silent', '330703', { aboveScale: true, outputWeight: 500 }),
    describes('workshop', '330703', { aboveScale: false, outputWeight: 5_000 }),
    describes('port', '330782', { aboveScale: true, outputWeight: 300, usualLoadsInPerDay: 1 }),
    // It was thought to be in the other county, and small.
    describes('moved', '330703', { aboveScale: false, outputWeight: 1 }),
    { ...describes('moved', '330782', { aboveScale: true, outputWeight: 700 }), id: idOf('described again') },
    describes('big', '330703', { ...whole, outputWeight: 1_000 }, 'ningbo'),
    says('big', now - 6 * day, 20),
    says('big', now - 2 * day, 71.5),
    says('small', now - 7 * day, 90),
    says('workshop', now - day, 100),
    says('port', now - day, 55),
    says('port', now + day, 5),
    says('big', now - day, 100, 'ningbo'),
    uses('big', now - 3 * day, 640),
    uses('big', now - day, 1_500, 2),
    uses('small', now - day, 2_400),
    uses('moved', now - 8 * day, 500),
    ...trucks.flat(),
    ...load('out-1', now - 3 * day, ['big'], { flow: 'out_of_zone' }),
    ...load('out-2', now - 2 * day, ['big'], { flow: 'out_of_zone' }),
    ...load('turned', now - 2 * day, ['big', 'port'], { outcome: 'turned_away' }),
    ...load('port-1', now - 4 * day, ['port']),
    ...load('retracted', now - day, ['big']),
    told('record.retracted', 'visit/retracted', now - day + minute, {
      retractedEventId: left?.id,
      reason: 'did_not_occur',
    }),
  ];
}

beforeAll(async () => {
  ground = await openCommandCentreGround(new ManualClock(now));
  await appendDocuments(await ground.test.open('station'), [...recordedEvents(), ...madeEvents()]);
  await ground.write([]);
  process = await ground.start();
  await process.drain();
});
afterAll(() => ground.close());

const ask = async (path = '', who: Omit<Claims, 'sub'> = administrator): Promise<AreaCapacityResponse> => {
  const { status, body } = await process.ask(who, `/api/v1/command-centre/areas/yiwu/capacity${path}`);
  expect(status).toBe(200);
  return body as unknown as AreaCapacityResponse;
};

/** By "county|source", as `test/support/capacity.py` has it. */
async function byScript(at: number): Promise<Record<string, (number | null)[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'capacity-'));
  try {
    const file = join(folder, 'events.ndjson');
    writeFileSync(file, (await ground.log()).join('\n'));
    const script = join(__dirname, '../../../../test/support/capacity.py');
    const { status, stdout, stderr } = spawnSync('python3', [script, file, String(at)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as Record<string, (number | null)[]>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const rounded = (value: number | null | undefined): number | undefined =>
  value === null || value === undefined ? undefined : Math.round(value * 100) / 100;
const shown = ({ enterprises, covered, ofAllPercent, ofCoveredPercent }: CapacityFigure) => [
  enterprises,
  covered,
  ofAllPercent,
  ofCoveredPercent,
];

it('is what another program computes from the export, by county and source', async () => {
  const expected = await byScript(now);
  const { counties } = await ask('?days=0');
  expect(counties.map(({ countyCode }) => countyCode)).toEqual(['330703', '330782']);
  for (const { countyCode, figures } of counties) {
    for (const figure of figures) {
      const [enterprises, covered, ofAll, ofCovered] = expected[`yiwu|${countyCode}|${figure.source}`] ?? [];
      expect([countyCode, figure.source, ...shown(figure)]).toEqual([
        countyCode,
        figure.source,
        enterprises,
        covered,
        rounded(ofAll),
        rounded(ofCovered),
      ]);
    }
  }
  expect(counties[0]?.figures.map(shown)).toEqual([
    [3, 1, 42.9, 71.5],
    [3, 2, 51.67, 77.5],
    [3, 2, expect.any(Number), expect.any(Number)],
  ]);
});

it('has the same for each day before, and for the whole area', async () => {
  const { days, figures, counties } = await ask('?days=5');
  expect(days.map(({ at }) => at.slice(0, 13))).toEqual([
    '2026-02-28T16',
    '2026-03-01T16',
    '2026-03-02T16',
    '2026-03-03T16',
    '2026-03-04T16',
  ]);
  for (const { at, figures: ofDay } of days) {
    const expected = await byScript(Date.parse(at));
    for (const { source, covered } of ofDay) {
      const parts = ['330703', '330782'].map((county) => expected[`yiwu|${county}|${source}`]?.[1] ?? 0);
      expect([at, source, covered]).toEqual([at, source, parts.reduce((sum, part) => sum + part, 0)]);
    }
  }
  // 900 and 300 of 2,500, in the two counties together.
  expect(figures[0]).toEqual({
    source: 'reported',
    enterprises: 5,
    covered: 2,
    coveredWeightPercent: 48,
    ofAllPercent: 32.34,
    ofCoveredPercent: 67.38,
  });
  expect(counties.flatMap((county) => county.figures).reduce((sum, { covered }) => sum + covered, 0)).toBe(
    figures.reduce((sum, { covered }) => sum + covered, 0),
  );
});

it('says of a county in which nothing of the area lies that it is none', async () => {
  const { status, body } = await process.ask(
    administrator,
    '/api/v1/command-centre/areas/yiwu/capacity?countyCode=999999',
  );
  expect([status, body]).toEqual([404, expect.objectContaining({ code: 'COUNTY.NOT_FOUND' })]);
});

it('is shown of a county to its own command centre, and of no other area', async () => {
  const county = { role: 'command_centre', counties: ['330782'] } as const;
  const path = '/api/v1/command-centre/areas/yiwu/capacity';
  expect((await ask('?days=0', county)).counties.map(({ countyCode }) => countyCode)).toEqual(['330782']);
  expect((await ask('?days=0&countyCode=330703')).figures[0]?.enterprises).toBe(3);
  expect((await ask('?days=0&countyCode=330703', county)).figures[0]?.enterprises).toBe(0);
  expect((await process.ask({ role: 'command_centre', areas: ['ningbo'] }, path)).status).toBe(403);
  expect((await process.ask({ role: 'operator', stations: ['jindong'] }, path)).status).toBe(403);
});

it('stands in the overview of all areas, and follows what happens', async () => {
  const overview = async (who: Omit<Claims, 'sub'> = administrator): Promise<OverviewResponse> => {
    const { status, body } = await process.ask(who, '/api/v1/command-centre/overview');
    expect(status).toBe(200);
    return body as unknown as OverviewResponse;
  };
  const { areas, capacity } = await overview();
  const { figures } = await ask('?days=0');
  expect(areas.map(({ areaCode }) => areaCode)).toEqual(['yiwu']);
  expect(areas[0]?.capacity).toEqual(figures);
  // Ningbo has no station yet, and its enterprise counts.
  expect(capacity[0]).toMatchObject({ enterprises: 6, covered: 3 });
  // No truck was ever counted there, which is not the same as none that came.
  expect(capacity[2]).toMatchObject({ source: 'flow', covered: figures[2]?.covered });
  const { body } = await process.ask(administrator, '/api/v1/command-centre/areas/yiwu/board');
  const board = body as unknown as AreaBoardResponse;
  const sum = (rows: readonly number[]): number => rows.reduce((total, row) => total + row, 0);
  const standing = (kind: string) => sum(board.now.filter((each) => each.kind === kind).map(({ count }) => count));
  expect(areas[0]).toMatchObject({
    arrivalsIn: sum(board.hours.filter(({ flow }) => flow === 'into_zone').map(({ arrivals }) => arrivals)),
    departures: sum(board.hours.map(({ departures }) => departures)),
    driversOnDuty: standing('driver'),
    runsOut: standing('run'),
    stations: standing('station'),
    exceptions: standing('exception'),
  });
  expect((await overview({ role: 'command_centre', areas: ['ningbo'] })).areas).toEqual([]);
  const county = { role: 'command_centre', counties: ['330782'] } as const;
  expect((await process.ask(county, '/api/v1/command-centre/overview')).status).toBe(403);

  await appendDocuments(await ground.test.open('station'), [says('port', now - minute, 90)]);
  await ground.write([]);
  await process.drain();
  const after = (await overview()).areas[0]?.capacity;
  expect(after).toEqual((await ask('?days=0')).figures);
  expect(after).not.toEqual(figures);
});

it('is the same after a rebuild', async () => {
  const before = await ground.readModels();
  expect(before.filter((line) => line.includes('electricity'))).toHaveLength(4);
  await process.stop();
  await ground.database.close();
  const database = await ground.test.open('commandCentre');
  await rebuild({ database, group: 'command-centre' });
  expect(await ground.readModels(database)).toEqual(before);
});
