import { csvType, xlsxType } from '@yizhan/http';
import { area, jindong, openNetwork, outsideDriver, zone } from '../../../../test/support/network.js';
import { csv, driverHead, driverLine, type SheetAnswer, sheetAnswer } from '../../../../test/support/sheets.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { PersonalData } from '../personal-data/personal-data.js';

jest.setTimeout(300_000);

let station: RunningStation;
let http: StationOverHttp;
const lead = () => http.as({ role: 'shift_lead', stations: [jindong] });
const administrator = () => http.as({ role: 'administrator' });
const drivers = '/api/v1/sheets/drivers';

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await outsideDriver(station, 'O1');
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

const count = async (table: string) =>
  (await station.database.rows<{ n: number }>(`SELECT count(*)::int AS n FROM station.${table}`))[0]?.n;

describe('10,000 drivers', () => {
  const good = Array.from({ length: 10_000 }, (_, index) => driverLine(`D${index + 1}`));
  /** 37 rows that are wrong in every way that there is. */
  const faulty: readonly (readonly [string, string, string])[] = [
    [`,${area},${zone},A2,,,,,`, 'driverId', 'missing'],
    [`a b,${area},${zone},A2,,,,,`, 'driverId', 'no_code'],
    [`X3,${area},${zone},A9,,,,,`, 'licences', 'not_one_of'],
    [`X4,${area},${zone},,,,,,`, 'licences', 'missing'],
    [`X5,nowhere,,A2,,,,,`, 'areaCode', 'unknown'],
    [`X6,${area},nowhere,A2,,,,,`, 'insideZoneId', 'unknown'],
    [`X7,${area},${zone},A2,nowhere,,,,`, 'homeStationCode', 'unknown'],
    [`X8,${area},${zone},A2,,nobody,,,`, 'carrierId', 'unknown'],
    [`O1,${area},,A2,,,,,`, 'driverId', 'enrolled'],
    [`D1,${area},${zone},A2,,,,,`, 'driverId', 'twice'],
    [`X11,${area},${zone},A2,,,2024-01-01,2023-01-01,330700`, 'qualifiedUntil', 'before_start'],
    [`X12,${area},${zone},A2,,,tomorrow,2030-01-01,330700`, 'qualifiedFrom', 'no_time'],
    ...Array.from(
      { length: 25 },
      (_, index) => [`Y${index},${area},${zone},Z1,,,,,`, 'licences', 'not_one_of'] as const,
    ),
  ];
  // Every 270th row is followed by a bad one.
  const mixed = good.flatMap((line, index) =>
    index % 270 === 269 ? [line, faulty[(index + 1) / 270 - 1]?.[0] ?? ''] : [line],
  );
  const rowOf = (nth: number) => 1 + 270 * (nth + 1) + nth + 1;

  it('with 37 bad ones among them are not written at all, and each bad one is told with row and column', async () => {
    expect(mixed).toHaveLength(10_037);
    const before = [await count('drivers'), await count('requests')];
    const answer = await administrator().upload(`${drivers}/import`, csvType, csv(driverHead, ...mixed));
    expect(answer.status).toBe(400);
    const report = sheetAnswer(answer);
    expect(report).toMatchObject({ code: 'SHEET.BAD_ROWS', rows: 10_037, badRows: 37, faultCount: 37 });
    expect(report.faults.map(({ row, column, reason }) => [row, column, reason])).toEqual(
      faulty.map(([, column, reason], index) => [rowOf(index), column, reason]),
    );
    expect([await count('drivers'), await count('requests')]).toEqual(before);
    expect(await station.eventsOf('driver.enrolled')).toHaveLength(1);
  });

  it('without them are enrolled, with an event for each and its qualification', async () => {
    const answer = await administrator().upload(`${drivers}/import`, csvType, csv(driverHead, ...good));
    expect([answer.status, sheetAnswer(answer)]).toEqual([200, { sheet: 'drivers', rows: 10_000 }]);
    expect([await count('drivers'), await count('credentials')]).toEqual([10_001, 10_001]);
    const events = await station.eventsOf('driver.enrolled');
    expect(new Set(events.map(({ id }) => id)).size).toBe(10_001);
    expect(events.find(({ subject }) => subject === 'driver/D10000')).toMatchObject({
      sequence: '1',
      data: { driverId: 'D10000', insideZoneId: zone, licences: ['A2', 'B2'], homeStationCode: jindong },
    });
    const granted = (await station.eventsOf('driver.credential_granted')).filter(
      ({ subject }) => subject === 'driver/D9',
    );
    expect(granted).toMatchObject([
      { sequence: '2', data: { credential: 'professional_qualification', validFrom: '2023-12-31T16:00:00.000Z' } },
    ]);
    expect(await count('drivers')).toBe(10_001);
  });
});

describe('an export', () => {
  it('drivers are exported as they are imported', async () => {
    const exported = (await administrator().file(`${drivers}/export?areaCode=${area}`)).bytes.toString().split('\r\n');
    expect(exported.filter((line) => line.includes(`,${area},`)).length).toBeGreaterThan(10_000);
    expect(exported).toContain(
      `D1,${area},${zone},A2 B2,${jindong},,2023-12-31T16:00:00.000Z,2029-12-31T16:00:00.000Z,330700,,,`,
    );
    expect(
      (await http.as({ role: 'command_centre', areas: ['ningbo'] }).file(`${drivers}/export`)).bytes.toString(),
    ).not.toContain('D1,');
  });
});

describe('a dry run', () => {
  const bad = csv(driverHead, driverLine('N1'), `,nowhere,${zone},Q7,,,,,`, driverLine('N2'));

  it('writes nothing and tells all faults of a row', async () => {
    const before = await count('drivers');
    const report = sheetAnswer(await lead().upload(`${drivers}/import?dryRun=true`, csvType, bad));
    expect(report).toMatchObject({ sheet: 'drivers', rows: 3, badRows: 1, faultCount: 2 });
    expect(report.faults.map(({ row, column }) => [row, column])).toEqual([
      [3, 'driverId'],
      [3, 'licences'],
    ]);
    const fine = await lead().upload(`${drivers}/import?dryRun=true`, csvType, csv(driverHead, driverLine('N1')));
    expect(sheetAnswer(fine)).toMatchObject({ rows: 1, badRows: 0, faults: [] });
    expect(await count('drivers')).toBe(before);
  });

  it('gives the same sheet back with the reasons, which can be mended and sent again', async () => {
    const answer = await lead().upload(`${drivers}/import?dryRun=true&answer=csv`, csvType, bad);
    expect([answer.status, answer.type]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = answer.bytes.toString().split('\r\n');
    expect(lines[0]).toBe(`\uFEFF${driverHead},错误 reason`);
    expect(lines[1]).toBe(`${driverLine('N1')},`);
    expect(lines[2]).toMatch(/^,nowhere,yiwu,Q7,,,,,,"driverId is missing; licences must be one of A1, A2/u);
    const mended = answer.bytes.toString().replace(',nowhere,yiwu,Q7', `N9,${area},yiwu,B2`);
    expect(sheetAnswer(await lead().upload(`${drivers}/import?dryRun=true`, csvType, mended))).toMatchObject({
      badRows: 0,
    });
    const workbook = await lead().upload(`${drivers}/import?dryRun=true&answer=xlsx`, csvType, bad);
    expect(workbook.type).toBe(xlsxType);
    const back = await lead().upload(`${drivers}/import?dryRun=true`, xlsxType, workbook.bytes);
    expect(sheetAnswer(back)).toMatchObject({ rows: 3, badRows: 1 });
  });

  it('says which area is not yours', async () => {
    await administrator().post('/api/v1/areas', { areaCode: 'ningbo', name: 'Ningbo' });
    const report = sheetAnswer(
      await lead().upload(`${drivers}/import?dryRun=true`, csvType, csv(driverHead, 'N3,ningbo,,A2,,,,,')),
    );
    expect(report.faults).toMatchObject([{ row: 2, column: 'areaCode', reason: 'not_yours' }]);
  });
});

describe('personal data in a sheet of drivers', () => {
  const head = 'driverId,areaCode,licences,name,phone,identityNumber';

  it('are kept encrypted, and are in no event, row or export', async () => {
    const sheet = csv(head, `PD1,${area},A2,王小明,13800138000,11010519491231002X`, `PD2,${area},A2,,,`);
    expect((await lead().upload(`${drivers}/import`, csvType, sheet)).status).toBe(200);
    const known = await station
      .get(PersonalData)
      .read('driver:PD1', ['name', 'phone', 'identityNumber'], { caller: 'test' });
    expect(known).toEqual({ name: '王小明', phone: '13800138000', identityNumber: '11010519491231002X' });
    const rows = await station.database.rows(`SELECT * FROM station.personal_data WHERE person_id LIKE 'driver:PD%'`);
    expect(rows).toHaveLength(3);
    const told = JSON.stringify([await station.eventsOf('driver.enrolled'), rows]);
    const exported = (await lead().file(`${drivers}/export`)).bytes.toString();
    for (const secret of ['王小明', '13800138000', '11010519491231002X']) {
      expect(told).not.toContain(secret);
      expect(exported).not.toContain(secret);
    }
  });

  it('of a sheet that is refused for what is there make no keys, and one that is sent twice is brought in once', async () => {
    const data = station.get(PersonalData);
    const good = `PD4,${area},A2,王小明,13800138000,11010519491231002X`;
    const bad = csv(head, good, `PD5,nowhere,A2,李四,13900139000,`);
    expect((await lead().upload(`${drivers}/import`, csvType, bad)).status).toBe(400);
    expect(await Promise.all(['driver:PD4', 'driver:PD5'].map((id) => data.keyIfAny(id)))).toEqual([
      undefined,
      undefined,
    ]);
    for (const time of ['first', 'again']) {
      const answer = await lead().upload(`${drivers}/import`, csvType, csv(head, good), 'twice');
      expect([time, answer.status, sheetAnswer(answer)]).toEqual([time, 200, { sheet: 'drivers', rows: 1 }]);
    }
    expect(await data.ownersOfPhone('13800138000', 'driver')).toContain('driver:PD4');
  });

  it('are no ids: nobody could be erased from the log', async () => {
    const rows = ['13900139000', '11010519491231002X', 'driver:13900139000', 'R-fine'].map((id) => `${id},${area},A2`);
    const sheet = csv('driverId,areaCode,licences', ...rows);
    const { faults } = sheetAnswer(await administrator().upload(`${drivers}/import`, csvType, sheet));
    expect(faults.map(({ row, column, reason }) => [row, column, reason])).toEqual(
      [2, 3, 4].map((row) => [row, 'driverId', 'personal']),
    );
    expect(JSON.stringify(faults)).not.toMatch(/1390013|110105/);
  });

  it('that are wrong are told by their column, never by what they hold', async () => {
    const sheet = csv(head, `PD3,${area},A2,王小明,1380013800,110105194912310021`);
    const { bytes } = await lead().upload(`${drivers}/import`, csvType, sheet);
    const report = JSON.parse(bytes.toString()) as SheetAnswer;
    expect(report.faults.map(({ column, reason }) => [column, reason])).toEqual([
      ['phone', 'no_phone'],
      ['identityNumber', 'no_identity_number'],
    ]);
    expect(bytes.toString()).not.toMatch(/1380013800|110105194912310021|王/u);
  });
});
