import { csvType } from '@yizhan/http';
import { area, enterprise, openNetwork, zone } from '../../../../test/support/network.js';
import { csv, sheetAnswer } from '../../../../test/support/sheets.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;
const centre = () => http.as({ role: 'command_centre', areas: [area] });
const itself = () => http.as({ role: 'enterprise', enterpriseId: 'E-1' });
const enterprises = '/api/v1/sheets/enterprises';
const capacity = '/api/v1/sheets/capacity/import';
const head = 'enterpriseId,name,areaCode,zoneId,countyCode,aboveScale,outputWeight,usualLoadsInPerDay,priority';
const headOfCapacity =
  'enterpriseId,capacityPercent,stopsLineAt,usedFromAt,usedToAt,kilowattHours,quarterDailyKilowattHours';

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

const yesterday = () => new Date(station.clock.now() - 86_400_000).toISOString();
const now = () => new Date(station.clock.now()).toISOString();

it('registers enterprises of a sheet, describes those that are known anew, and gives them out again', async () => {
  const sheet = csv(
    head,
    `E-1,针织一厂,${area},${zone},330782,是,3200,4.5,6`,
    `${enterprise},known already,${area},,330703,no,0,,`,
  );
  expect(sheetAnswer(await centre().upload(`${enterprises}/import`, csvType, sheet))).toEqual({
    sheet: 'enterprises',
    rows: 2,
  });
  const described = await station.eventsOf('enterprise.described');
  expect(described.map(({ subject, data }) => [subject, data])).toEqual([
    [
      'enterprise/E-1',
      { enterpriseId: 'E-1', countyCode: '330782', aboveScale: true, outputWeight: 3_200, usualLoadsInPerDay: 4.5 },
    ],
    [
      `enterprise/${enterprise}`,
      { enterpriseId: enterprise, countyCode: '330703', aboveScale: false, outputWeight: 0 },
    ],
  ]);
  const begun = await station.eventsOf('enterprise.readiness_changed');
  expect(begun.map(({ data }) => data.enterpriseId)).toEqual([enterprise, 'E-1']);
  expect((await station.eventsOf('enterprise.changed')).map(({ data }) => [data.enterpriseId, data.priority])).toEqual([
    ['E-1', 6],
  ]);
  expect(await centre().get('/api/v1/enterprises/E-1')).toMatchObject({
    body: { countyCode: '330782', aboveScale: true, outputWeight: 3_200, usualLoadsInPerDay: 4.5, priority: 6 },
  });
  const exported = (await centre().file(`${enterprises}/export`)).bytes.toString();
  expect(exported).toContain(`E-1,针织一厂,${area},${zone},330782,yes,3200,4.5,,6\r\n`);
  const again = sheetAnswer(await centre().upload(`${enterprises}/import?dryRun=true`, csvType, exported));
  expect(again).toMatchObject({ rows: 2, badRows: 0 });
});

it('tells what is wrong with enterprises of a sheet', async () => {
  const sheet = csv(
    head,
    `E-2,two,${area},nowhere,330782,yes,1,,`,
    `E-2,two,elsewhere,,330782,yes,1,,`,
    `E-3,three,${area},,330782,perhaps,-1,,10`,
  );
  const { faults } = sheetAnswer(await centre().upload(`${enterprises}/import?dryRun=true`, csvType, sheet));
  expect(faults.map(({ row, column, reason }) => [row, column, reason])).toEqual([
    [2, 'zoneId', 'unknown'],
    [3, 'enterpriseId', 'twice'],
    [3, 'areaCode', 'unknown'],
    [3, 'areaCode', 'not_yours'],
    [4, 'aboveScale', 'not_one_of'],
    [4, 'outputWeight', 'no_number'],
    [4, 'priority', 'no_number'],
  ]);
  expect((await itself().upload(`${enterprises}/import`, csvType, sheet)).status).toBe(403);
});

it('takes what enterprises keep up by sheet, from themselves and from the command centre', async () => {
  const own = csv(headOfCapacity, `E-1,62.5,2026-03-03T14:00:00+08:00,${yesterday()},${now()},800,1000`);
  expect(sheetAnswer(await itself().upload(capacity, csvType, own))).toEqual({ sheet: 'capacity', rows: 1 });
  const both = csv(headOfCapacity, 'E-1,70,,,,,', `${enterprise},,,${yesterday()},${now()},0,50.5`);
  expect(sheetAnswer(await centre().upload(capacity, csvType, both))).toEqual({ sheet: 'capacity', rows: 2 });
  const changed = (await station.eventsOf('enterprise.changed')).slice(1);
  expect(changed.map(({ data }) => data)).toEqual([
    { enterpriseId: 'E-1', priority: 6, capacityPercent: 62.5, stopsLineAt: '2026-03-03T06:00:00.000Z' },
    // What the sheet leaves out stays.
    { enterpriseId: 'E-1', priority: 6, capacityPercent: 70, stopsLineAt: '2026-03-03T06:00:00.000Z' },
  ]);
  const used = await station.eventsOf('enterprise.electricity_reported');
  expect(used.map(({ data }) => [data.enterpriseId, data.kilowattHours, data.quarterDailyKilowattHours])).toEqual([
    ['E-1', 800, 1_000],
    [enterprise, 0, 50.5],
  ]);
});

it('tells what is wrong with what enterprises keep up', async () => {
  const sheet = csv(
    headOfCapacity,
    `${enterprise},50,,,,,`,
    'E-1,,,,,,',
    `E-9,101,,,,,`,
    `E-9,1,,${yesterday()},,800,`,
    `E-1,1,,${now()},${yesterday()},800,0`,
  );
  const { faults } = sheetAnswer(await itself().upload(`${capacity}?dryRun=true`, csvType, sheet));
  expect(faults.map(({ row, column, reason }) => [row, column, reason])).toEqual([
    [2, 'enterpriseId', 'not_yours'],
    [3, 'capacityPercent', 'missing'],
    [4, 'capacityPercent', 'no_number'],
    [5, 'enterpriseId', 'unknown'],
    [5, 'usedToAt', 'missing'],
    [5, 'quarterDailyKilowattHours', 'missing'],
    [6, 'enterpriseId', 'twice'],
    [6, 'usedFromAt', 'no_time'],
    [6, 'quarterDailyKilowattHours', 'no_number'],
  ]);
  const tomorrow = new Date(station.clock.now() + 86_400_000).toISOString();
  const ahead = csv(headOfCapacity, `E-1,,,${now()},${tomorrow},800,1000`);
  expect(sheetAnswer(await itself().upload(capacity, csvType, ahead)).code).toBe('ENTERPRISE.NOT_USED');
});

it('takes a description and electricity over HTTP, each from whom it is for', async () => {
  const of = '/api/v1/enterprises/E-1';
  const description = { countyCode: '330726', aboveScale: true, outputWeight: 12, usualLoadsOutPerDay: 2 };
  expect((await itself().post(`${of}/description`, description)).status).toBe(403);
  expect((await centre().post(`${of}/description`, description)).status).toBe(200);
  expect((await station.eventsOf('enterprise.described')).at(-1)?.data).toEqual({
    enterpriseId: 'E-1',
    ...description,
  });
  expect((await centre().get(of)).body).not.toHaveProperty('usualLoadsInPerDay');

  const used = { usedFromAt: yesterday(), usedToAt: now(), kilowattHours: 640, quarterDailyKilowattHours: 800 };
  expect((await itself().post(`${of}/electricity`, used)).status).toBe(200);
  const another = http.as({ role: 'enterprise', enterpriseId: enterprise });
  expect((await another.post(`${of}/electricity`, used)).status).toBe(403);
  expect((await centre().post('/api/v1/enterprises/E-9/electricity', used)).status).toBe(404);
  const refused = [
    [{ ...used, usedFromAt: used.usedToAt }, 'usedFromAt'],
    [{ ...used, usedToAt: new Date(station.clock.now() + 1_000).toISOString() }, 'usedToAt'],
    [{ ...used, quarterDailyKilowattHours: 0 }, 'quarterDailyKilowattHours'],
  ] as const;
  for (const [body, field] of refused) {
    expect(await itself().post(`${of}/electricity`, body)).toMatchObject({
      status: 400,
      body: { code: 'ENTERPRISE.NOT_USED', field },
    });
  }
});
