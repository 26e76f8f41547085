import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect, type Yizhan } from '@yizhan/client';
import type { SetUpStep } from '../../apps/yizhan/src/set-up/set-up-station.js';
import type { StationFile } from '../../apps/yizhan/src/set-up/station-file.js';
import { StartedProduct } from '../support/started-product.js';

jest.setTimeout(120_000);

const ofArchive = resolve(__dirname, '../../bundle/files/both/station.json');
const station = JSON.parse(readFileSync(ofArchive, 'utf8')) as StationFile;
const yizhan = `'${process.execPath}' dist/programs/yizhan.mjs`;
const qualification = { credential: 'professional_qualification', issuer: '330700' };

let product: StartedProduct;
let administrator: Yizhan;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-set-up-'));
  product = await StartedProduct.with();
  const { stdout } = await product.runBash(`${yizhan} token --role administrator`);
  administrator = connect(product.address, stdout.trim());
});
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command on the file of an archive with changes. */
async function setUp(changes: object = {}) {
  const file = join(folder, 'station.json');
  writeFileSync(file, JSON.stringify({ ...station, ...changes }));
  const { code, stdout, stderr } = await product.runBash(`${yizhan} set-up '${file}' --json`);
  const steps = stdout === '' ? [] : (JSON.parse(stdout) as SetUpStep[]);
  const made = steps.filter(({ outcome }) => outcome === 'made').map(({ what, id }) => `${what} ${id}`);
  return { code, stderr, steps, made };
}

it('makes nothing of a file with a fault, and names the field', async () => {
  const { code, steps, stderr } = await setUp({ policyId: 'us-hos' });
  expect({ code, steps }).toEqual({ code: 2, steps: [] });
  expect(stderr).toContain('station.json: "policyId": must be one of cn-freight');
  expect((await administrator.stations.list()).items).toEqual([]);
});

it('makes what the file names, and nothing of it twice', async () => {
  const { code, made, steps } = await setUp();
  expect({ code, made }).toEqual({
    code: 0,
    made: [
      'area yiwu',
      'policy cn-freight',
      'zone yiwu',
      'station jindong',
      'operator operator:lin',
      'driver relay-0001',
      'credential relay-0001 professional_qualification',
      'shift relay-0001',
      'driver relay-0002',
      'credential relay-0002 professional_qualification',
      'shift relay-0002',
    ],
  });
  expect(steps.find(({ what }) => what === 'operator')?.pin).toMatch(/^\d{6}$/);
  expect(await setUp()).toMatchObject({ code: 0, made: [] });
});

it('makes a second station beside the first, with its own operators and drivers, in the same area and zone', async () => {
  const second = {
    station: { ...station.station, stationCode: 'pujiang', name: '浦江中转站', countyCode: '330726', bays: ['B01'] },
    operators: ['operator:chen'],
    drivers: [{ ...station.drivers[0], driverId: 'relay-0101' }],
  };
  const { code, made, steps } = await setUp(second);
  expect({ code, made }).toEqual({
    code: 0,
    made: [
      'station pujiang',
      'operator operator:chen',
      'driver relay-0101',
      'credential relay-0101 professional_qualification',
      'shift relay-0101',
    ],
  });
  const { items } = await administrator.stations.list();
  expect(items.map(({ stationCode, zoneIds }) => [stationCode, zoneIds])).toEqual([
    ['jindong', ['yiwu']],
    ['pujiang', ['yiwu']],
  ]);
  // Each operator works at his own station, and at no other.
  const pin = steps.find(({ pin: shown }) => shown !== undefined)?.pin ?? '';
  const session = await administrator.sessions.start({ body: { accountId: 'operator:chen', pin } });
  const chen = connect(product.address, session.token);
  expect((await chen.stations.readBoard({ path: { stationCode: 'pujiang' } })).station.name).toBe('浦江中转站');
  const elsewhere = chen.stations.readBoard({ path: { stationCode: 'jindong' } });
  await expect(elsewhere).rejects.toMatchObject({ problem: { status: 403 } });
});

it('tells what it has made before a refusal, and makes the rest once the file is mended', async () => {
  const more = (validUntil: string) => ({
    operators: [...station.operators, 'operator:wang'],
    drivers: [
      ...station.drivers,
      { driverId: 'relay-0003', licences: ['A2'], credentials: [{ ...qualification, validUntil }] },
    ],
  });
  const refused = await setUp(more('2020-01-01T00:00:00Z'));
  expect(refused).toMatchObject({ code: 2, made: ['operator operator:wang', 'driver relay-0003'] });
  expect(refused.steps.find(({ id }) => id === 'operator:wang')?.pin).toMatch(/^\d{6}$/);
  expect(refused.stderr).toContain('drivers/relay-0003/credentials: CREDENTIAL.ENDS_BEFORE_START');
  const mended = await setUp(more('2030-12-31T16:00:00Z'));
  expect(mended).toMatchObject({
    code: 0,
    made: ['credential relay-0003 professional_qualification', 'shift relay-0003'],
  });
});

it('does not close a zone again that was lifted', async () => {
  const path = { zoneId: station.zone.zoneId };
  await administrator.zones.lift({ headers: { 'Idempotency-Key': randomUUID() }, path });
  expect(await setUp()).toMatchObject({ code: 0, made: [] });
  expect((await administrator.zones.read({ path })).state).toBe('lifted');
});
