import ExcelJS from 'exceljs';
import {
  area,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
  zone,
} from '../../../../test/support/network.js';
import { passed, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type StationOverHttp, stationOverHttp } from '../../../../test/support/station-over-http.js';
import { ChangeDriverSide } from '../drivers/change-driver-side.js';
import { sheetNames } from '../report-sheets/sheet.js';
import { sheetForms } from '../report-sheets/sheet-forms.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;

const disinfected = [...passed, { check: 'disinfection', passed: true }];
const notDisinfected = [...passed, { check: 'disinfection', passed: false, reason: 'no_record' }];
const day = 'day=2026-03-02';
const path = `/api/v1/stations/${jindong}/reports`;

/** A truck that goes through, one that is turned away, one at the other station, and one that is still there. */
beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  for (const driverId of ['R1', 'R2']) await relayDriver(station, driverId);
  for (const driverId of ['O1', 'O2', 'O3', 'O4']) await outsideDriver(station, driverId);
  relay = new Relay(station);
  await relay.arrive('one', '浙G1', 'O1');
  await relay.check('one', notDisinfected);
  await relay.check('one', disinfected);
  await relay.assign('one', 'R1');
  await relay.accept('one', 'R1');
  await relay.start('one');
  await relay.complete('one', 'O1', 'R1');
  await relay.depart('one');
  await relay.arrive('two', '浙G2', 'O2');
  await relay.depart('two', { outcome: 'turned_away', reasons: ['no_pass'] });
  await relay.arrive('three', '浙G3', 'O3', 'into_zone', pujiang);
  await relay.arrive('four', '浙G4', 'O4');
  await station.drain();
  http = await stationOverHttp(station);
});

afterAll(async () => {
  await http.close();
  await station.close();
});

const lead = () => http.as({ role: 'shift_lead', stations: [jindong] });
const administrator = () => http.as({ role: 'administrator' });
const centre = () => http.as({ role: 'command_centre', areas: [area] });

describe('the daily report', () => {
  it('has the figures of the station', async () => {
    const { status, body } = await lead().get(`${path}/daily?${day}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      code: jindong,
      from: '2026-03-01T16:00:00.000Z',
      to: '2026-03-02T16:00:00.000Z',
      utcOffsetMinutes: 480,
      total: {
        arrived: { into_zone: 3, out_of_zone: 0 },
        departed: { into_zone: 2, out_of_zone: 0 },
        presentAtEnd: { into_zone: 1, out_of_zone: 0 },
        swaps: { into_zone: 1, out_of_zone: 0 },
        cargo: [{ category: 'parts', consignments: { into_zone: 1 }, withoutTonnes: { into_zone: 1 } }],
        drivers: { brought: { inside: 0, outside: 3 }, tookOver: { inside: 1, outside: 0 } },
        turnedAway: [{ reason: 'no_pass', trucks: 1 }],
        runs: { opened: 1, outAtEnd: 1 },
        exceptions: [
          { code: 'check_failed', opened: 1, resolved: 1, open: 0 },
          { code: 'turned_away', opened: 1, resolved: 1, open: 0 },
        ],
      },
      stations: [],
    });
  });

  it('of an area has each of its stations, and of a county only those in it', async () => {
    const all = await centre().get(`/api/v1/areas/${area}/reports/daily?${day}`);
    expect(all.body).toMatchObject({
      total: { arrived: { into_zone: 4 } },
      stations: [
        { stationCode: jindong, figures: { arrived: { into_zone: 3 } } },
        { stationCode: pujiang, figures: { arrived: { into_zone: 1 } } },
      ],
    });
    const county = await centre().get(`/api/v1/areas/${area}/reports/daily?${day}&countyCode=330726`);
    expect(county.body).toMatchObject({ code: '330726', total: { arrived: { into_zone: 1 } } });
  });

  it('of another day is empty', async () => {
    const { body } = await lead().get(`${path}/daily?day=2026-03-01`);
    expect(body).toMatchObject({ total: { arrived: { into_zone: 0 }, presentAtEnd: { into_zone: 0 } } });
  });

  it('counts a driver on the side on which he was then', async () => {
    await station.get(ChangeDriverSide).execute(relay.next(), { driverId: 'O2', insideZoneId: zone });
    const after = await lead().get(`${path}/daily?${day}`);
    expect(after.body).toMatchObject({ total: { drivers: { brought: { inside: 1, outside: 2 } } } });
    const before = await lead().get(`${path}/daily?from=2026-03-02T00:00:00Z&to=2026-03-02T00:12:00Z`);
    expect(before.body).toMatchObject({ total: { drivers: { brought: { inside: 0, outside: 2 } } } });
    await station.get(ChangeDriverSide).execute(relay.next(), { driverId: 'O2', insideZoneId: null });
  });
});

describe('the ledgers', () => {
  it('of trucks tells who brought and who took each', async () => {
    const first = await lead().get(`${path}/visits?${day}&limit=2`);
    expect(first.body).toMatchObject({
      items: [
        {
          plate: '浙G1',
          broughtBy: { kind: 'driver', id: 'O1' },
          leftWith: { kind: 'driver', id: 'R1' },
          outcome: 'swapped',
        },
        { plate: '浙G2', reasons: ['no_pass'], outcome: 'turned_away' },
      ],
    });
    const second = await lead().get(`${path}/visits?${day}&limit=2&after=${String(first.body['next'])}`);
    expect(second.body).toMatchObject({ items: [{ plate: '浙G4' }], next: null });
  });

  it('of drivers tells trips and hours', async () => {
    const { body } = await lead().get(`${path}/drivers?${day}`);
    const items = body['items'] as { driverId: string }[];
    expect(items.map(({ driverId }) => driverId)).toEqual(['O1', 'O2', 'O4', 'R1', 'R2']);
    expect(items[0]).toMatchObject({ side: 'outside', brought: 1, handedOver: 1, tookOver: 0, shifts: 0 });
    expect(items[3]).toMatchObject({ side: 'inside', tookOver: 1, runs: 1, shifts: 1 });
  });

  it('of disinfection has every inspection, failed ones too', async () => {
    const first = await lead().get(`${path}/disinfection?${day}&limit=1`);
    expect(first.body).toMatchObject({ items: [{ plate: '浙G1', passed: false, reason: 'no_record' }] });
    const second = await lead().get(`${path}/disinfection?${day}&limit=1&after=${String(first.body['next'])}`);
    expect(second.body).toMatchObject({
      items: [{ plate: '浙G1', passed: true, policy: { id: 'cn-freight' } }],
      next: null,
    });
  });

  it.each(['visits', 'drivers', 'disinfection'])('of %s refuse a place that they have not given', async (ledger) => {
    const { status, body } = await lead().get(`${path}/${ledger}?after=WyJ4IiwieSIsInoiXQ`);
    expect([status, body]).toEqual([400, expect.objectContaining({ code: 'REQUEST.BAD_CURSOR' })]);
  });
});

describe('in other formats', () => {
  it('CSV is a file with a mark and titles', async () => {
    const { status, headers, bytes } = await lead().get(`${path}/visits?${day}&format=csv`);
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers['content-disposition']).toContain('filename="visits-JD-2026-03-02.csv"');
    const [titles, ...rows] = bytes.toString('utf8').trimEnd().split('\r\n');
    expect(titles).toMatch(/^\ufeff中转站,车牌号,方向,/);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain(',劝返,no_pass,');
  });

  it('a page has no script and says so to the browser', async () => {
    const { headers, bytes } = await lead().get(`${path}/daily?${day}&format=html&lang=en`);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri/);
    expect(bytes.toString()).toContain('<h1>Daily report of the relay station</h1>');
    expect(bytes.toString()).toContain('<td>turned away</td><td>no_pass</td>');
  });

  it.each(sheetNames.filter((name) => name !== 'waits'))('%s is a workbook too', async (report) => {
    const { status, bytes } = await lead().get(
      `${path}/${report}?format=xlsx${report === 'handover' ? '' : `&${day}`}`,
    );
    expect(status).toBe(200);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const cells = JSON.stringify(workbook.worksheets[0]?.getSheetValues());
    expect(cells).toContain(sheetForms[report].title.zh);
    expect(cells).not.toContain('{{');
  });

  it('a report follows the template that an administrator has uploaded, until it is reset', async () => {
    const url = '/api/v1/report-templates';
    const downloaded = await administrator().get(`${url}/workbook?report=drivers&lang=zh`);
    const edited = new ExcelJS.Workbook();
    await edited.xlsx.load(downloaded.bytes as unknown as ArrayBuffer);
    edited.worksheets[0].getCell('A1').value = '本县司机台账';
    const workbook = Buffer.from(await edited.xlsx.writeBuffer()).toString('base64');
    const uploaded = await administrator().post(url, { report: 'drivers', lang: 'zh', workbook });
    expect([uploaded.status, uploaded.body]).toEqual([200, expect.objectContaining({ isDefault: false })]);
    expect((await administrator().get(url)).body).toMatchObject({ items: [{ report: 'drivers', lang: 'zh' }] });
    const titleOf = async () => {
      const { bytes } = await lead().get(`${path}/drivers?${day}&format=xlsx`);
      const drawn = new ExcelJS.Workbook();
      await drawn.xlsx.load(bytes as unknown as ArrayBuffer);
      return drawn.worksheets[0]?.getCell('A1').value;
    };
    expect(await titleOf()).toBe('本县司机台账');
    await administrator().post(`${url}/reset`, { report: 'drivers', lang: 'zh' });
    expect(await titleOf()).toBe('司机台账');
  });

  it('refuses what is no template', async () => {
    const workbook = Buffer.from('no workbook').toString('base64');
    const { status, body } = await administrator().post('/api/v1/report-templates', {
      report: 'daily',
      lang: 'zh',
      workbook,
    });
    expect([status, body]).toEqual([400, expect.objectContaining({ code: 'TEMPLATE.UNREADABLE' })]);
  });
});

describe('are for', () => {
  it('those of the station, the command centre of its area, and administrators', async () => {
    const url = `${path}/daily`;
    const callers = [
      http.as({ role: 'operator', stations: [jindong] }),
      http.as({ role: 'operator', stations: [pujiang] }),
      centre(),
      http.as({ role: 'command_centre', areas: ['elsewhere'] }),
      administrator(),
      http.as({ role: 'driver', driverId: 'R1' }),
      http.as({ role: 'carrier', carrierId: 'carrier-1' }),
    ];
    const statuses = await Promise.all(callers.map(async (caller) => (await caller.get(url)).status));
    expect(statuses).toEqual([200, 403, 200, 403, 200, 403, 403]);
  });

  it('an area’s for its command centre, not for the staff of one station', async () => {
    const url = `/api/v1/areas/${area}/reports/daily`;
    const statuses = await Promise.all(
      [lead(), centre(), http.as({ role: 'command_centre', areas: ['elsewhere'] })].map(
        async (caller) => (await caller.get(url)).status,
      ),
    );
    expect(statuses).toEqual([403, 200, 403]);
  });

  it('templates for administrators alone', async () => {
    expect((await lead().get('/api/v1/report-templates')).status).toBe(403);
  });
});

it.each([
  ['day=2026-02-30', 'REQUEST.INVALID'],
  ['day=yesterday', 'REQUEST.INVALID'],
  ['from=2026-03-02T00:00:00Z', 'REPORT.BAD_PERIOD'],
  ['from=2026-03-02T00:00:00Z&to=2026-05-02T00:00:00Z', 'REPORT.BAD_PERIOD'],
  ['format=pdf', 'REQUEST.INVALID'],
])('refuses %s', async (query, code) => {
  const { status, body } = await lead().get(`${path}/visits?${query}`);
  expect([status, body['code']]).toEqual([400, code]);
});

it('a station or an area that is not there is not found', async () => {
  expect((await administrator().get('/api/v1/stations/nowhere/reports/daily')).status).toBe(404);
  expect((await administrator().get('/api/v1/areas/nowhere/reports/visits')).status).toBe(404);
  expect(http.faults).toEqual([]);
});
