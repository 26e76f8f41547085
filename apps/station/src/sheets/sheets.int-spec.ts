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
import { csv, driverHead, sheetAnswer } from '../../../../test/support/sheets.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

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

describe('a sheet', () => {
  const dry = async (type: string, payload: Buffer | string) =>
    sheetAnswer(await administrator().upload(`${drivers}/import?dryRun=true`, type, payload));
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
    expect([answer.status, sheetAnswer(answer).code]).toEqual([400, code]);
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
    expect(sheetAnswer(await lead().upload(`${trucks}/import`, csvType, sheet))).toEqual({ sheet: 'trucks', rows: 2 });
    expect(await station.eventsOf('truck.registered')).toMatchObject([
      {
        subject: 'truck/浙G00001',
        carrierid: carrier,
        data: { plateColour: 'yellow', trailerPlate: '浙G0001挂', baseZoneId: null },
      },
      { subject: 'truck/浙G00002', data: { plateColour: 'blue', baseZoneId: zone } },
    ]);
    const again = sheetAnswer(await lead().upload(`${trucks}/import?dryRun=true`, csvType, sheet));
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
    expect(sheetAnswer(await carriers.upload(`${consignments}/import`, csvType, sheet))).toEqual({
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
    const { faults } = sheetAnswer(await other.upload(`${consignments}/import?dryRun=true`, csvType, sheet));
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
  it.each(['trucks', 'consignments', 'enterprises', 'capacity', 'drivers'])(
    'the template of %s has the columns and an example',
    async (name) => {
      const template = await administrator().file(`/api/v1/sheets/${name}/template?format=xlsx`);
      expect([template.status, template.type]).toEqual([200, xlsxType]);
      const report = sheetAnswer(
        await administrator().upload(`/api/v1/sheets/${name}/import?dryRun=true`, xlsxType, template.bytes),
      );
      expect(report.rows).toBe(1);
      expect(report.faults.filter(({ reason }) => !['unknown', 'not_served'].includes(reason))).toEqual([]);
    },
  );

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
