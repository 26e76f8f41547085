import ExcelJs from 'exceljs';
import { csvType, xlsxType } from '@yizhan/http';
import {
  area,
  carrier,
  enterprise,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  zone,
} from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import type { FileAnswer } from '../../../../test/support/upload.js';
import { PersonalData } from '../personal-data/personal-data.js';

jest.setTimeout(300_000);

let station: RunningStation;
let http: StationOverHttp;
const lead = () => http.as({ role: 'shift_lead', stations: [jindong] });
const administrator = () => http.as({ role: 'administrator' });
const drivers = '/api/v1/sheets/drivers';
const trucks = '/api/v1/sheets/trucks';
const consignments = '/api/v1/sheets/consignments';

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

interface Report {
  code?: string;
  rows: number;
  badRows: number;
  faultCount: number;
  faults: { row: number; column: string; reason: string; message: string }[];
}
const json = ({ bytes }: FileAnswer) => JSON.parse(bytes.toString()) as Report;
const driverHead =
  'driverId,areaCode,insideZoneId,licences,homeStationCode,carrierId,qualifiedFrom,qualifiedUntil,qualificationIssuer';
const driverLine = (id: string) => `${id},${area},${zone},A2 B2,${jindong},,2024-01-01,2030-01-01,330700`;
const csv = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;
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
    const report = json(answer);
    expect(report).toMatchObject({ code: 'SHEET.BAD_ROWS', rows: 10_037, badRows: 37, faultCount: 37 });
    expect(report.faults.map(({ row, column, reason }) => [row, column, reason])).toEqual(
      faulty.map(([, column, reason], index) => [rowOf(index), column, reason]),
    );
    expect([await count('drivers'), await count('requests')]).toEqual(before);
    expect(await station.eventsOf('driver.enrolled')).toHaveLength(1);
  });

  it('without them are enrolled, with an event for each and its qualification', async () => {
    const answer = await administrator().upload(`${drivers}/import`, csvType, csv(driverHead, ...good));
    expect([answer.status, json(answer)]).toEqual([200, { sheet: 'drivers', rows: 10_000 }]);
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

describe('a dry run', () => {
  const bad = csv(driverHead, driverLine('N1'), `,nowhere,${zone},Q7,,,,,`, driverLine('N2'));

  it('writes nothing and tells all faults of a row', async () => {
    const before = await count('drivers');
    const report = json(await lead().upload(`${drivers}/import?dryRun=true`, csvType, bad));
    expect(report).toMatchObject({ sheet: 'drivers', rows: 3, badRows: 1, faultCount: 2 });
    expect(report.faults.map(({ row, column }) => [row, column])).toEqual([
      [3, 'driverId'],
      [3, 'licences'],
    ]);
    const fine = await lead().upload(`${drivers}/import?dryRun=true`, csvType, csv(driverHead, driverLine('N1')));
    expect(json(fine)).toMatchObject({ rows: 1, badRows: 0, faults: [] });
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
    expect(json(await lead().upload(`${drivers}/import?dryRun=true`, csvType, mended))).toMatchObject({ badRows: 0 });
    const workbook = await lead().upload(`${drivers}/import?dryRun=true&answer=xlsx`, csvType, bad);
    expect(workbook.type).toBe(xlsxType);
    const back = await lead().upload(`${drivers}/import?dryRun=true`, xlsxType, workbook.bytes);
    expect(json(back)).toMatchObject({ rows: 3, badRows: 1 });
  });

  it('says which area is not yours', async () => {
    await administrator().post('/api/v1/areas', { areaCode: 'ningbo', name: 'Ningbo' });
    const report = json(
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
    const known = await station.get(PersonalData).read('driver:PD1', ['name', 'phone', 'identityNumber'], { caller: 'test' });
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

  it('that are wrong are told by their column, never by what they hold', async () => {
    const sheet = csv(head, `PD3,${area},A2,王小明,1380013800,110105194912310021`);
    const { bytes } = await lead().upload(`${drivers}/import`, csvType, sheet);
    const report = JSON.parse(bytes.toString()) as Report;
    expect(report.faults.map(({ column, reason }) => [column, reason])).toEqual([
      ['phone', 'no_phone'],
      ['identityNumber', 'no_identity_number'],
    ]);
    expect(bytes.toString()).not.toMatch(/1380013800|110105194912310021|王/u);
  });
});

describe('a sheet', () => {
  const dry = async (type: string, payload: Buffer | string) =>
    json(await administrator().upload(`${drivers}/import?dryRun=true`, type, payload));
  const titles = '司机编号;调度区;准驾车型;区内';

  it('may be in GB18030, with other separators, titles for names, blank lines and quoted newlines', async () => {
    // 司机编号 and the rest as a Chinese spreadsheet saves them.
    const encoded = gb18030(`${titles}\r\n\r\n"G1";${area};A2;${zone}\r\n`);
    expect(await dry(csvType, encoded)).toMatchObject({ rows: 1, badRows: 0 });
    const quoted = csv('driverId\tareaCode\tlicences', `"G2"\t${area}\t"A2\nB2"`, '', `G3\t${area}\tA0`);
    expect(await dry(csvType, quoted)).toMatchObject({ rows: 2, faults: [{ row: 4, column: 'licences' }] });
    expect(await dry(csvType, `\uFEFF${csv('driverId，areaCode，licences', `G2，${area}，C1`)}`)).toMatchObject({
      badRows: 0,
    });
  });

  it('may be a workbook; a formula is never evaluated', async () => {
    const workbook = new ExcelJs.Workbook();
    const sheet = workbook.addWorksheet('drivers');
    sheet.addRow(['driverId', 'areaCode', 'licences', 'qualifiedFrom', 'qualifiedUntil', 'qualificationIssuer']);
    sheet.addRow(['W1', area, 'A2', new Date('2024-01-01T00:00:00Z'), '2030-01-01', 330700]);
    sheet.addRow([]);
    sheet.addRow([{ formula: '1+1', result: 2 }, area, 'A2']);
    const report = await dry(xlsxType, Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(report).toMatchObject({ rows: 2, faults: [{ row: 4, column: 'driverId', reason: 'formula' }] });
  });

  it.each([
    ['nothing', csvType, '', 'SHEET.EMPTY'],
    ['an unknown column', csvType, csv('driverId,areaCode,licences,shoeSize', 'a,b,c,d'), 'SHEET.COLUMNS'],
    ['a column twice', csvType, csv('driverId,areaCode,licences,driverId', 'a,b,c,d'), 'SHEET.COLUMNS'],
    ['no driverId', csvType, csv('areaCode,licences', 'b,c'), 'SHEET.COLUMNS'],
    ['an open quote', csvType, 'driverId,areaCode,licences\r\n"a,b,c', 'SHEET.UNREADABLE'],
    ['no known encoding', csvType, Buffer.from([0x64, 0xff, 0xff, 0x2c]), 'SHEET.ENCODING'],
    ['too many rows', csvType, csv(driverHead, ...Array.from({ length: 20_001 }, () => 'x')), 'SHEET.TOO_MANY_ROWS'],
    ['too many columns', csvType, csv('a,'.repeat(100)), 'SHEET.TOO_MANY_COLUMNS'],
    ['no workbook', xlsxType, Buffer.from('PK\u0003\u0004 nothing'), 'SHEET.UNREADABLE'],
  ])('of %s is refused', async (_what, type, payload, code) => {
    const answer = await administrator().upload(`${drivers}/import`, type, payload);
    expect([answer.status, json(answer).code]).toEqual([400, code]);
  });

  it('that is a zip bomb is refused before it is unpacked', async () => {
    const workbook = new ExcelJs.Workbook();
    const sheet = workbook.addWorksheet('bomb');
    for (let row = 0; row < 60; row += 1) sheet.addRow([' '.repeat(1_000_000) + row]);
    const bomb = Buffer.from(await workbook.xlsx.writeBuffer());
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await dry(xlsxType, bomb)).toMatchObject({ code: 'SHEET.TOO_LARGE' });
  });

  it('is CSV or a workbook, on these routes alone, and of a bounded size', async () => {
    expect(await administrator().upload(`${drivers}/import`, 'application/json', '{}')).toMatchObject({ status: 415 });
    expect(await administrator().upload(`${drivers}/import`, 'image/png', 'x')).toMatchObject({ status: 415 });
    expect(await administrator().upload('/api/v1/areas', csvType, 'a,b')).toMatchObject({ status: 415 });
    const large = Buffer.alloc(8 * 1024 * 1024 + 1, 'a');
    expect(await administrator().upload(`${drivers}/import`, csvType, large)).toMatchObject({ status: 413 });
  });
});

describe('trucks', () => {
  const head = 'plate,plateColour,licenceRequired,trailerPlate,carrierId,areaCode,baseZoneId';

  it('are imported, also such as a gate has seen before, and taken out again', async () => {
    const sheet = csv(head, `浙G00001,黄,A2,浙G0001挂,${carrier},${area},`, `浙G00002,blue,C1,,,${area},${zone}`);
    expect(json(await lead().upload(`${trucks}/import`, csvType, sheet))).toEqual({ sheet: 'trucks', rows: 2 });
    expect(await station.eventsOf('truck.registered')).toMatchObject([
      {
        subject: 'truck/浙G00001',
        carrierid: carrier,
        data: { plateColour: 'yellow', trailerPlate: '浙G0001挂', baseZoneId: null },
      },
      { subject: 'truck/浙G00002', data: { plateColour: 'blue', baseZoneId: zone } },
    ]);
    const again = json(await lead().upload(`${trucks}/import?dryRun=true`, csvType, sheet));
    expect(again.faults.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'registered'],
      [3, 'registered'],
    ]);
    const exported = (await lead().file(`${trucks}/export`)).bytes.toString();
    expect(exported.startsWith('\uFEFF车牌号 plate *,')).toBe(true);
    expect(exported).toContain(`浙G00001,yellow,A2,浙G0001挂,${carrier},${area},\r\n`);
  });
});

describe('consignments', () => {
  const head =
    'announcement,stationCode,zoneId,flow,plate,plateColour,licenceRequired,carrierId,expectedAt,consignmentId,enterpriseId,category,tonnes';
  const line = (announcement: string, plate: string, id: string, more = enterprise) =>
    `${announcement},${jindong},${zone},进区,${plate},yellow,A2,${carrier},2026-03-02T10:00:00+08:00,${id},${more},food,12.5`;

  it('are announced, those of one truck together', async () => {
    const sheet = csv(head, line('A1', '浙G10001', 'C1'), line('A1', '浙G10001', 'C2'), line('A2', '浙G10001', 'C3'));
    const carriers = http.as({ role: 'carrier', carrierId: carrier });
    expect(json(await carriers.upload(`${consignments}/import`, csvType, sheet))).toEqual({
      sheet: 'consignments',
      rows: 3,
    });
    const announced = await station.eventsOf('visit.announced');
    expect(announced.map(({ data }) => data.consignments.map(({ id }) => id))).toEqual([['C1', 'C2'], ['C3']]);
    expect(announced[0]).toMatchObject({
      data: { truck: { plate: '浙G10001' }, expectedAt: '2026-03-02T02:00:00.000Z' },
    });
    const mine = (await carriers.file(`${consignments}/export`)).bytes.toString().split('\r\n');
    expect(mine.filter((each) => each.includes('浙G10001'))).toHaveLength(3);
  });

  it('that cannot come are told', async () => {
    const other = http.as({ role: 'operator', stations: [pujiang] });
    const sheet = csv(
      head,
      line('B1', '浙G10002', 'C1', 'nobody'),
      line('B1', '浙G10003', 'C1').replace(',food,', ',hazardous,'),
      line('B2', '浙G10004', 'C1').replace(zone, 'nowhere'),
    );
    const { faults } = json(await other.upload(`${consignments}/import?dryRun=true`, csvType, sheet));
    expect(faults.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [2, 'stationCode', 'not_yours'],
      [2, 'enterpriseId', 'unknown'],
      [3, 'stationCode', 'not_yours'],
      [3, 'plate', 'differs'],
      [3, 'consignmentId', 'twice'],
      [3, 'category', 'hazardous'],
      [4, 'stationCode', 'not_yours'],
      [4, 'zoneId', 'unknown'],
    ]);
  });
});

describe('templates and exports', () => {
  it.each(['drivers', 'trucks', 'consignments'])('the template of %s has the columns and an example', async (name) => {
    const template = await lead().file(`/api/v1/sheets/${name}/template?format=xlsx`);
    expect([template.status, template.type]).toEqual([200, xlsxType]);
    const report = json(
      await administrator().upload(`/api/v1/sheets/${name}/import?dryRun=true`, xlsxType, template.bytes),
    );
    expect(report.rows).toBe(1);
    expect(report.faults.filter(({ reason }) => !['unknown', 'not_served'].includes(reason))).toEqual([]);
  });

  it('drivers are exported as they are imported', async () => {
    const exported = (await administrator().file(`${drivers}/export?areaCode=${area}`)).bytes.toString().split('\r\n');
    expect(exported.filter((line) => line.includes(`,${area},`)).length).toBeGreaterThan(10_000);
    expect(exported).toContain(
      `D1,${area},${zone},A2 B2,${jindong},,2023-12-31T16:00:00.000Z,2029-12-31T16:00:00.000Z,330700`,
    );
    expect(
      (await http.as({ role: 'command_centre', areas: ['ningbo'] }).file(`${drivers}/export`)).bytes.toString(),
    ).not.toContain('D1,');
  });

  it('are for those who may', async () => {
    const carriers = http.as({ role: 'carrier', carrierId: carrier });
    expect((await carriers.upload(`${drivers}/import`, csvType, csv(driverHead))).status).toBe(403);
    expect((await carriers.file(`${trucks}/export`)).status).toBe(403);
    expect((await http.as({ role: 'driver', driverId: 'D1' }).file(`${drivers}/template`)).status).toBe(403);
    expect((await lead().file('/api/v1/sheets/shoes/template')).status).toBe(404);
  });
});

/** No encoder knows it: the table is that of the decoder, turned round. */
function gb18030(text: string): Buffer {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  }
  return Buffer.from(
    text.split('').flatMap((char) => (char < '\u0080' ? [char.charCodeAt(0)] : (table.get(char) ?? []))),
  );
}
