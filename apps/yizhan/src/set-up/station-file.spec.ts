import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkStationFile, readStationFile, type StationFile } from './station-file.js';

const ofArchive = resolve(__dirname, '../../../../bundle/files/both/station.json');
const right = JSON.parse(readFileSync(ofArchive, 'utf8')) as StationFile;
const { station, zone, operators, drivers } = right;
const [driver, ...otherDrivers] = drivers;
const [credential] = driver?.credentials ?? [];

const fault = (value: unknown): string => {
  try {
    checkStationFile(value, 'my.json');
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 2 });
    return (error as Error).message;
  }
  return 'is right';
};

test('the file that an archive begins with is right, also where an editor has put a mark before it', () => {
  expect(readStationFile(ofArchive)).toEqual(right);
  const folder = mkdtempSync(join(tmpdir(), 'station-file-'));
  try {
    writeFileSync(join(folder, 'marked.json'), `\ufeff${JSON.stringify(right)}`);
    expect(readStationFile(join(folder, 'marked.json'))).toEqual(right);
    writeFileSync(join(folder, 'broken.json'), '{');
    expect(() => readStationFile(join(folder, 'broken.json'))).toThrow(/broken\.json cannot be read: .*JSON/);
    expect(() => readStationFile(join(folder, 'none.json'))).toThrow(/none\.json cannot be read: .*ENOENT/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each<[string, unknown, string]>([
  ['no object', [], '"": must be object'],
  ['a missing field', { ...right, zone: undefined }, '"zone": is missing'],
  ['a field that nobody knows', { ...right, station: { ...station, bay: 'B01' } }, '"station.bay": is not known here'],
  [
    'rules that there are not',
    { ...right, policyId: 'us-hos' },
    '"policyId": must be one of cn-freight, cn-strict, cn-closure-2022',
  ],
  [
    'a level that there is not',
    { ...right, zone: { ...zone, level: 'closed' } },
    '"zone.level": must be one of sealed, controlled, guarded, silent',
  ],
  [
    'a county that is no code',
    { ...right, zone: { ...zone, countyCodes: ['义乌'] } },
    '"zone.countyCodes[0]": must be six digits of GB/T 2260',
  ],
  [
    'a bay with a blank',
    { ...right, station: { ...station, bays: ['B01', 'B 02'] } },
    '"station.bays[1]": must be a code of letters, digits and . _ : / @ + -',
  ],
  ['no bay', { ...right, station: { ...station, bays: [] } }, '"station.bays": must NOT have fewer than 1 items'],
  [
    'a place that is not on earth',
    { ...right, station: { ...station, location: { latitude: 119.87, longitude: 29.23 } } },
    '"station.location.latitude": must be <= 90',
  ],
  [
    'an account of another role',
    { ...right, operators: ['lin'] },
    '"operators[0]": must be operator: and a code, such as operator:lin',
  ],
  [
    'an operator twice',
    { ...right, operators: [...operators, ...operators] },
    '"operators[1]": "operator:lin" is there twice',
  ],
  ['a driver twice', { ...right, drivers: [...drivers, driver] }, '"drivers[2].driverId": "relay-0001" is there twice'],
  [
    'a licence that there is not',
    { ...right, drivers: [{ ...driver, licences: ['D9'] }, ...otherDrivers] },
    '"drivers[0].licences[0]": must be one of A1, A2, B1, B2, C1',
  ],
  [
    'a day that is not in the calendar',
    {
      ...right,
      drivers: [{ ...driver, credentials: [{ ...credential, validUntil: '2030-02-30T16:00:00Z' }] }, ...otherDrivers],
    },
    '"drivers[0].credentials[0].validUntil": must be an instant such as 2030-12-31T16:00:00Z',
  ],
])('%s is one line that names file and field', (_, value, expected) => {
  // As a file would hold it.
  expect(fault(JSON.parse(JSON.stringify(value)))).toBe(`my.json: ${expected}`);
});
