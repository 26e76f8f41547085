import { readingFor } from '@yizhan/persistence';
import { carrier, openNetwork } from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;
const another = 'carrier-b';
const keysOf = (carrierId: string) => `/api/v1/carriers/${carrierId}/api-keys`;
const carrierOf = (carrierId: string) => http.as({ role: 'carrier', carrierId });

interface Made {
  readonly keyId: string;
  readonly key: string;
}

async function make(carrierId: string, body: object, asked?: string): Promise<Made> {
  const { status, body: answer } = await carrierOf(carrierId).post(keysOf(carrierId), body, asked);
  expect([status, answer.code]).toEqual([201, undefined]);
  return answer as unknown as Made;
}

const list = async (carrierId: string): Promise<Record<string, unknown>[]> =>
  ((await carrierOf(carrierId).get(keysOf(carrierId))).body as unknown as { items: Record<string, unknown>[] }).items;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  http = await stationOverHttp(station);
  const made = await http
    .as({ role: 'administrator' })
    .post('/api/v1/carriers', { carrierId: another, name: 'Another' });
  expect(made.status).toBe(201);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('a carrier lets a system of its own in, sees when it was there, and shuts it out', async () => {
  const { key, keyId } = await make(carrier, { name: 'tms', access: 'write' }, 'asked-once');
  expect((await http.bearing(key).get('/api/v1/caller')).body).toMatchObject({
    accountId: `system:${carrier}/tms`,
    role: 'carrier',
    carrierId: carrier,
    access: 'write',
  });
  expect((await http.bearing(key).get('/api/v1/trucks')).status).toBe(200);
  expect((await http.bearing(key).get(keysOf(carrier))).status).toBe(200);
  let shown: Record<string, unknown> | undefined;
  while (shown?.['lastUsedAt'] === undefined) [shown] = await list(carrier);
  expect(shown).toMatchObject({ keyId, name: 'tms', access: 'write', createdBy: 'carrier:test' });
  const again = await carrierOf(carrier).post(keysOf(carrier), { name: 'tms', access: 'write' }, 'asked-once');
  expect(again.body).toMatchObject({ keyId, key: null });
  expect(JSON.stringify(await list(carrier))).not.toContain(key.slice(20, 60));

  const revocation = `${keysOf(carrier)}/${keyId}/revocation`;
  expect((await carrierOf(carrier).post(revocation, { reason: 'rotated' })).status).toBe(200);
  expect((await http.bearing(key).get('/api/v1/caller')).status).toBe(401);
  expect(await list(carrier)).toMatchObject([{ keyId, revokedAt: expect.stringMatching(/^\d{4}-/) }]);
});

test('one for reading changes nothing, and none makes or revokes keys', async () => {
  const reading = await make(carrier, { name: 'board', access: 'read' });
  expect((await http.bearing(reading.key).get('/api/v1/trucks')).status).toBe(200);
  expect((await http.bearing(reading.key).post('/api/v1/consents', {})).body).toMatchObject({
    code: 'IDENTITY.READ_ONLY',
  });
  const writing = await make(carrier, { name: 'dock', access: 'write' });
  for (const [path, body] of [
    [keysOf(carrier), { name: 'more', access: 'write' }],
    [`${keysOf(carrier)}/${reading.keyId}/revocation`, { reason: 'rotated' }],
  ] as const) {
    const answer = await http.bearing(writing.key).post(path, body);
    expect([answer.status, answer.body.code]).toEqual([403, 'API_KEY.NOT_BY_A_KEY']);
  }
});

test('a carrier has nothing to do with the keys of another one', async () => {
  const own = await make(carrier, { name: 'same', access: 'write' });
  const others = await make(another, { name: 'same', access: 'write' });
  for (const key of [undefined, own.key]) {
    const asking = key === undefined ? carrierOf(carrier) : http.bearing(key);
    expect(await asking.get(keysOf(another))).toMatchObject({
      status: 403,
      body: { code: 'IDENTITY.NOT_YOUR_CARRIER' },
    });
  }
  const bodies = { name: 'mine', access: 'read' };
  expect((await carrierOf(carrier).post(keysOf(another), bodies)).status).toBe(403);
  // Also where the path names its own carrier.
  const foreign = `${keysOf(carrier)}/${others.keyId}/revocation`;
  expect((await carrierOf(carrier).post(foreign, { reason: 'x' })).body.code).toBe('API_KEY.NOT_FOUND');
  expect((await http.bearing(others.key).get('/api/v1/caller')).body).toMatchObject({ carrierId: another });
  expect((await list(another)).map(({ keyId }) => keyId)).toEqual([others.keyId]);
});

test('the database shows a carrier its own keys, and never what is kept of a secret', async () => {
  const read = <T extends object>(carrierId: string, sql: string) =>
    readingFor(carrierId, () => station.database.rows<T>(sql));
  const shown = await read<{ carrier_id: string }>(another, 'SELECT carrier_id FROM station.api_keys');
  expect(new Set(shown.map(({ carrier_id }) => carrier_id))).toEqual(new Set([another]));
  await expect(read(another, 'SELECT digest FROM station.api_keys')).rejects.toMatchObject({ code: '42501' });
});

test.each([
  [{ name: 'a/b', access: 'read' }, 400, 'API_KEY.NAME'],
  [{ name: 'x'.repeat(64), access: 'read' }, 400, 'API_KEY.NAME'],
  [{ name: 'tms', access: 'all' }, 400, 'REQUEST.INVALID'],
  [{ name: 'tms', access: 'read', role: 'administrator' }, 400, 'REQUEST.INVALID'],
])('%j is refused', async (body, status, code) => {
  const answer = await carrierOf(carrier).post(keysOf(carrier), body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('no carrier makes more than it needs', async () => {
  const names = Array.from({ length: 41 }, (_none, index) => `system-${index}`);
  const answers: number[] = [];
  for (const name of names) {
    const { status } = await carrierOf(another).post(keysOf(another), { name, access: 'read' });
    answers.push(status);
  }
  // One is there already.
  expect(answers.filter((status) => status === 201)).toHaveLength(39);
  expect(answers.at(-1)).toBe(409);
});
