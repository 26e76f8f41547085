import { createHash } from 'node:crypto';
import { hashOf } from '@yizhan/http';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { StationModule } from '../station.module.js';

const url = '/api/v1/areas';
const body = { areaCode: 'jinhua', name: '林小路 13800138000' };
let station: RunningStation;
let one: StationOverHttp;
let other: StationOverHttp;

beforeAll(async () => {
  station = await startStation();
  one = await stationOverHttp(station);
  // Another process, or the same after a restart: nothing but the database and the keystore's two places in common.
  const ports = { ...station.ports, keystore: await station.openKeystoreAgain() };
  other = await stationOverHttp({ ...station, modules: [StationModule.register(ports)] });
});
afterAll(async () => {
  expect([...one.faults, ...other.faults]).toEqual([]);
  await Promise.all([one.close(), other.close()]);
  await station.close();
});

const post = (http: StationOverHttp, asked: object, key: string) =>
  http.as({ role: 'administrator' }).post(url, asked, key);

test('what was asked is kept under a digest that nobody can try bodies against without the keystore', async () => {
  expect((await post(one, body, 'first')).status).toBe(201);
  const rows = await station.database.rows<{ hash: string }>('SELECT hash FROM station.requests');
  const plain = hashOf('POST', url, body);
  const guesses = [plain, ...['hex', 'base64'].map((as) => again(plain, as as 'hex' | 'base64'))];
  expect(rows.map(({ hash }) => hash)).toEqual([station.ports.keystore.digest(plain, 'request')]);
  expect(rows[0].hash).toMatch(/^[0-9a-f]{64}$/);
  for (const guess of guesses) expect(JSON.stringify(rows)).not.toContain(guess);
});

test('another process knows the request again, and refuses another one with its key', async () => {
  const first = await post(one, { areaCode: 'yiwu', name: 'Yiwu' }, 'second');
  const repeated = await post(other, { areaCode: 'yiwu', name: 'Yiwu' }, 'second');
  expect([repeated.status, repeated.body]).toEqual([first.status, first.body]);
  expect(await post(other, { areaCode: 'yiwu', name: 'Yi wu' }, 'second')).toMatchObject({
    status: 422,
    body: { code: 'REQUEST.KEY_REUSED' },
  });
  expect(await station.database.rows('SELECT FROM station.areas')).toHaveLength(2);
});

const again = (text: string, as: 'hex' | 'base64') => createHash('sha256').update(text).digest(as);
