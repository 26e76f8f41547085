import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { toIso } from '@yizhan/kernel';
import { yiwu } from '../../scenario/yiwu.js';
import { localMidnight, parseLocalTime } from './local-time.js';
import { readPassages } from './read-passages.js';

const header = 'time,tollgate_id,direction,vehicle_model,has_etc,vehicle_type';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'passages-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(lines: readonly string[], name = 'passages.csv'): string {
  const file = join(folder, name);
  const content = `${lines.join('\n')}\n`;
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(content) : content);
  return file;
}

const read = (lines: readonly string[], day?: string, name?: string) =>
  readPassages(fileOf(lines, name), { scenario: yiwu, ...(day === undefined ? {} : { day }) });

const fault = async (lines: readonly string[], day?: string): Promise<string> => {
  const error = await read(lines, day).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ exitCode: 2 });
  return (error as Error).message.replace(`${folder}/`, '');
};

test('rows come in any order and leave in that of time, as instants of UTC+8', async () => {
  const { passages } = await read([header, '2016-10-19 07:30:18,3,1,5,0,1', '2016-10-19 06:52:56,1,1,1,1,1']);
  expect(passages.map(({ at, tollgate, vehicleModel }) => [toIso(at), tollgate, vehicleModel])).toEqual([
    ['2016-10-18T22:52:56.000Z', '1', '1'],
    ['2016-10-18T23:30:18.000Z', '3', '5'],
  ]);
});

test('only cargo vehicles that leave the motorway become arrivals', async () => {
  const { passages, count } = await read([
    header,
    '2016-10-19 06:00:00,1,1,1,0,1',
    '2016-10-19 06:00:01,1,1,1,0,0',
    '2016-10-19 06:00:02,2,0,1,0,',
  ]);
  expect(passages.length).toBe(1);
  expect(count).toEqual({ rowsInFile: 3, cargoExits: 1, duplicatesDropped: 0, used: 1 });
});

test('exact duplicates are dropped and counted; what differs in one column is not', async () => {
  const row = '2016-10-19 06:00:00,1,1,1,0,1';
  const { passages, count } = await read([header, row, '2016-10-19 06:00:00,1,1,1,1,1', row, row]);
  expect(count).toEqual({ rowsInFile: 4, cargoExits: 4, duplicatesDropped: 2, used: 2 });
  expect(new Set(passages.map(({ key }) => key)).size).toBe(2);
});

test('a column of its own keeps two passages apart that are otherwise the same', async () => {
  const { passages } = await read([
    `${header},lane`,
    '2016-10-19 06:00:00,1,1,1,0,1,1',
    '2016-10-19 06:00:00,1,1,1,0,1,2',
  ]);
  expect(passages.map(({ key }) => key)).toEqual(['2016-10-19 06:00:00/1/1/0', '2016-10-19 06:00:00/1/1/0/2']);
});

test('columns are found by their names, in any order, after a byte order mark', async () => {
  const { passages } = await read([
    '\uFEFFvehicle_type,has_etc,vehicle_model,direction,tollgate_id,time',
    '1,0,2,1,3,2016-10-19 06:00:00',
  ]);
  expect(passages).toMatchObject([{ tollgate: '3', vehicleModel: '2' }]);
});

test('a day is that of the local time', async () => {
  const rows = [
    header,
    '2016-10-18 23:59:59,1,1,1,0,1',
    '2016-10-19 00:00:00,1,1,1,0,1',
    '2016-10-20 00:00:00,1,1,1,0,1',
  ];
  const { passages, count } = await read(rows, '2016-10-19');
  expect(passages.map(({ at }) => toIso(at))).toEqual(['2016-10-18T16:00:00.000Z']);
  expect(count).toMatchObject({ rowsInFile: 3, cargoExits: 1 });
});

test('a compressed file is read as well', async () => {
  const { passages } = await read([header, '2016-10-19 06:00:00,1,1,1,0,1'], undefined, 'passages.csv.gz');
  expect(passages.length).toBe(1);
});

const good = '2016-10-19 06:00:00,1,1,1,0,1';

test.each<[string, string[], string]>([
  [
    'a missing column',
    ['time,tollgate_id,direction,vehicle_model,has_etc', '…'],
    'passages.csv:1 column "vehicle_type": is missing; the columns are time, tollgate_id, direction, vehicle_model, has_etc',
  ],
  ['a column that is there twice', [`${header},time`, good], 'passages.csv:1 column "time": is there twice'],
  [
    'a time that is none',
    [header, good, '2016-10-19 25:00:00,1,1,1,0,1'],
    'passages.csv:3 column "time": "2016-10-19 25:00:00" is no time such as 2016-10-19 06:52:56',
  ],
  [
    'a day that is none',
    [header, '2016-02-30 06:00:00,1,1,1,0,1'],
    'passages.csv:2 column "time": "2016-02-30 06:00:00" is no time such as 2016-10-19 06:52:56',
  ],
  [
    'a gate that the scenario does not know',
    [header, '2016-10-19 06:00:00,9,1,1,0,1'],
    'passages.csv:2 column "tollgate_id": the scenario has no gate "9"; it has 1, 3',
  ],
  [
    'a model without a licence',
    [header, '2016-10-19 06:00:00,1,1,8,0,1'],
    'passages.csv:2 column "vehicle_model": the scenario says no licence for model "8"',
  ],
  [
    'a direction that is none',
    [header, '2016-10-19 06:00:00,1,2,1,0,1'],
    'passages.csv:2 column "direction": "2" is neither 0 (entry) nor 1 (exit)',
  ],
  [
    'a type that is none',
    [header, '2016-10-19 06:00:00,1,1,1,0,x'],
    'passages.csv:2 column "vehicle_type": "x" is neither 0 (passenger) nor 1 (cargo)',
  ],
  [
    'a broken row',
    [header, good, '2016-10-19 06:00:00,1,1'],
    'passages.csv:3 column "vehicle_model": the row has more or fewer fields than the header',
  ],
  [
    'a row that is too long',
    [header, `${good},1,2`],
    'passages.csv:2 column "vehicle_type": the row has more or fewer fields than the header',
  ],
  [
    'an open quote',
    [header, good, '"2016-10-19 06:00:00,1,1,1,0,1'],
    'passages.csv:3 column "time": a quote is opened and not closed',
  ],
  [
    'a file without cargo',
    [header, '2016-10-19 06:00:00,1,1,1,0,0'],
    'passages.csv: no cargo vehicle leaves at any gate in it',
  ],
  ['an empty file', [], 'passages.csv: no cargo vehicle leaves at any gate in it'],
])('%s is one line that names file, row and column', async (_, lines, expected) => {
  expect(await fault(lines)).toBe(expected);
});

test('a day that is not in the file is refused, with the days that are', async () => {
  expect(await fault([header, good], '2016-10-20')).toBe('passages.csv: no cargo vehicle leaves on 2016-10-20');
});

test('a file that is not there is refused', async () => {
  await expect(readPassages(join(folder, 'none.csv'), { scenario: yiwu })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('none.csv: cannot be read'),
  });
});

test('local times and midnights', () => {
  const at = parseLocalTime('2016-10-19 00:30:00', 480) ?? 0;
  expect(toIso(at)).toBe('2016-10-18T16:30:00.000Z');
  expect(toIso(localMidnight(at, 480))).toBe('2016-10-18T16:00:00.000Z');
  expect(localMidnight(localMidnight(at, 480), 480)).toBe(localMidnight(at, 480));
});
