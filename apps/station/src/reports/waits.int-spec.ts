import ExcelJS from 'exceljs';
import { carrier, openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  for (const driverId of ['O1', 'O2']) await outsideDriver(station, driverId);
  for (const driverId of ['R1', 'R2']) await relayDriver(station, driverId);
  const relay = new Relay(station);
  await relay.swap('first', 'G1', 'O1', 'R1');
  await relay.depart('first', { runId: idOf('run 1') });
  await relay.swap('second', 'G2', 'O2', 'R2');
  await relay.depart('second', { runId: idOf('run 2') });
  await relay.arrive('third', 'G3', 'O1');
  await station.drain();
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

const url = `/api/v1/carriers/${carrier}/reports/waits?day=2026-03-02`;
const own = () => http.as({ role: 'carrier', carrierId: carrier });

it('says of each truck that has left what it waited for, and for whom', async () => {
  const { status, body } = await own().get(`${url}&limit=1`);
  expect([status, body]).toMatchObject([200, { items: [{ visitId: idOf('first'), plate: 'G1' }] }]);
  const [first] = body['items'] as unknown as { waits: object[]; waitedSeconds: object; swappedAt: string }[];
  // Each step of the relay comes a minute after the one before.
  expect(first?.waits).toMatchObject([
    { cause: 'check', by: 'station', seconds: 60 },
    { cause: 'no_driver', by: 'driver_pool', seconds: 60 },
    { cause: 'driver_answer', by: 'driver_pool', seconds: 60 },
    { cause: 'carrier_consent', by: 'carrier', seconds: 60 },
    { cause: 'departure', by: 'driver_pool', seconds: 60 },
  ]);
  expect(first?.waitedSeconds).toEqual({ station: 60, carrier: 60, driver_pool: 180 });
  const rest = await own().get(`${url}&limit=1&after=${String(body['next'])}`);
  expect(rest.body).toMatchObject({ items: [{ visitId: idOf('second') }], next: null });
  expect((await own().get(`/api/v1/carriers/${carrier}/reports/waits?day=2026-03-03`)).body).toMatchObject({
    items: [],
  });
});

it('as CSV, as a workbook and as a page to print', async () => {
  const csv = await own().get(`${url}&format=csv&lang=en`);
  const [, ...lines] = csv.bytes
    .toString('utf8')
    .trim()
    .split('\r\n')
    .filter((line) => line.includes('into zone'));
  expect(csv.bytes.toString('utf8')).toContain('Minutes for the carrier');
  expect(lines[0]).toContain('G2');
  const sheet = await own().get(`${url}&format=xlsx`);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(sheet.bytes as unknown as ArrayBuffer);
  const cells = JSON.stringify(workbook.worksheets[0]?.getSheetValues());
  for (const text of ['车辆等待对账单', 'G1', 'G2', '承运商同意']) expect(cells).toContain(text);
  expect(cells).not.toContain('{{');
  expect((await own().get(`${url}&format=html`)).bytes.toString('utf8')).toContain('G2');
});

it('is for the carrier itself and administrators', async () => {
  const other = http.as({ role: 'carrier', carrierId: 'carrier-2' });
  expect(await other.get(url)).toMatchObject({ status: 403, body: { code: 'IDENTITY.NOT_YOUR_CARRIER' } });
  expect((await http.as({ role: 'operator', stations: ['JD'] }).get(url)).status).toBe(403);
  expect((await http.as({ role: 'administrator' }).get(url)).body).toMatchObject({ items: [{}, {}] });
  expect((await own().get(`${url}&from=2026-03-02T00:00:00Z`)).body).toMatchObject({ code: 'REPORT.BAD_PERIOD' });
  expect((await own().get(`${url}&after=bm90aGluZw`)).status).toBe(400);
});
