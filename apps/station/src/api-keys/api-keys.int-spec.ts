import { carrier, jindong, openNetwork } from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;
const keys = '/api/v1/api-keys';
const administrator = () => http.as({ role: 'administrator' });
const day = 24 * 3_600_000;
const inDays = (days: number) => new Date(station.clock.now() + days * day).toISOString();
const forCarrier = (owner: string) => ({
  owner,
  role: 'carrier',
  access: 'write',
  carrierId: carrier,
  expiresAt: inDays(30),
});

async function make(body: object, asked?: string): Promise<{ keyId: string; key: string }> {
  const { status, body: answer } = await administrator().post(keys, body, asked);
  expect([status, answer.code]).toEqual([201, undefined]);
  return answer as unknown as { keyId: string; key: string };
}

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

test('a key makes a system a caller with the role and scope that it was made with', async () => {
  const { key } = await make(forCarrier('tms'));
  expect(key).toMatch(/^yz_[0-9a-f]{16}_[0-9a-f]{72}$/);
  expect((await http.bearing(key).get('/api/v1/caller')).body).toMatchObject({
    accountId: 'system:tms',
    role: 'carrier',
    carrierId: carrier,
    access: 'write',
  });
  expect((await http.bearing(key).get('/api/v1/areas')).status).toBe(200);
  expect(await http.bearing(key).post('/api/v1/areas', { areaCode: 'x', name: 'x' })).toMatchObject({
    status: 403,
    body: { code: 'IDENTITY.ROLE_NOT_ALLOWED' },
  });
});

test('a key for reading changes nothing', async () => {
  const { key } = await make({
    owner: 'board',
    role: 'operator',
    access: 'read',
    stations: [jindong],
    expiresAt: inDays(1),
  });
  expect((await http.bearing(key).get(`/api/v1/stations/${jindong}`)).status).toBe(200);
  expect(await http.bearing(key).post('/api/v1/visits', {})).toMatchObject({
    status: 403,
    body: { code: 'IDENTITY.READ_ONLY' },
  });
});

test('it is shown once, and kept as a digest', async () => {
  const body = forCarrier('once');
  const { key, keyId } = await make(body, 'shown');
  expect((await administrator().post(keys, body, 'shown')).body).toMatchObject({ keyId, key: null });
  const list = JSON.stringify((await administrator().get(`${keys}?owner=once`)).body);
  expect(list).toContain(keyId);
  expect(list).not.toContain(key.slice(20, 60));
  const [{ dump }] = await station.database.rows<{ dump: string }>(
    `SELECT (SELECT json_agg(k) FROM station.api_keys k)::text || (SELECT json_agg(r) FROM station.requests r)::text AS dump`,
    [],
  );
  expect(dump).toContain(keyId);
  expect(dump).not.toContain(key.slice(20, 60));
});

test('two live keys let a system change over; a third is refused until one is revoked', async () => {
  const first = await make(forCarrier('wms'));
  const second = await make(forCarrier('wms'));
  expect(await administrator().post(keys, forCarrier('wms'))).toMatchObject({
    status: 409,
    body: { code: 'API_KEY.TWO_LIVE' },
  });
  for (const { key } of [first, second]) expect((await http.bearing(key).get('/api/v1/caller')).status).toBe(200);
  expect((await administrator().post(`${keys}/${first.keyId}/revocation`, { reason: 'rotated' })).status).toBe(200);
  expect((await http.bearing(first.key).get('/api/v1/caller')).status).toBe(401);
  expect((await http.bearing(second.key).get('/api/v1/caller')).status).toBe(200);
  await make(forCarrier('wms'));
  const all = await Promise.all(Array.from({ length: 6 }, () => administrator().post(keys, forCarrier('race'))));
  expect(all.filter(({ status }) => status === 201)).toHaveLength(2);
});

test('a key ends, and one that is mistyped, forged or unknown is refused with what is wrong', async () => {
  const { key } = await make({ ...forCarrier('short'), expiresAt: inDays(1) });
  station.clock.moveTo(station.clock.now() + day);
  expect((await http.bearing(key).get('/api/v1/caller')).body).toMatchObject({
    code: 'IDENTITY.TOKEN_REFUSED',
    detail: 'the token is refused: the key has ended',
  });
  const { key: live, keyId } = await make(forCarrier('forged'));
  const { key: foreign } = await make(forCarrier('other'));
  for (const [bad, why] of [
    [`${live.slice(0, -1)}${live.endsWith('0') ? '1' : '0'}`, 'mistyped'],
    [`yz_${keyId}`, 'mistyped'],
    [foreign.replace(/^yz_[0-9a-f]{16}/, `yz_${keyId}`), 'mistyped'],
  ] as const) {
    expect(await http.bearing(bad).get('/api/v1/caller')).toMatchObject({
      status: 401,
      body: { code: 'IDENTITY.TOKEN_REFUSED', detail: expect.stringContaining(why) },
    });
  }
});

test('its use is noted', async () => {
  const { key } = await make(forCarrier('used'));
  await http.bearing(key).get('/api/v1/caller');
  let used: unknown;
  while (used === undefined) {
    const { items } = (await administrator().get(`${keys}?owner=used`)).body as unknown as {
      items: [{ lastUsedAt?: string }];
    };
    used = items[0].lastUsedAt;
  }
  expect(used).toMatch(/^\d{4}-/);
});

test.each([
  [{ owner: 'x', role: 'driver', access: 'write' }, 400],
  [{ owner: 'x', role: 'carrier', access: 'write' }, 400],
  [{ owner: 'x', role: 'carrier', access: 'write', carrierId: 'nobody' }, 404],
  [{ owner: 'x', role: 'administrator', access: 'all' }, 400],
])('%j is refused', async (body, status) => {
  const answer = await administrator().post(keys, { expiresAt: inDays(1), ...body });
  expect([status, answer.status]).toEqual([status, status]);
});

test.each([-1, 400])('a key that would end in %d days is refused', async (days) => {
  const answer = await administrator().post(keys, { ...forCarrier('long'), expiresAt: inDays(days) });
  expect(answer).toMatchObject({ status: 400, body: { code: 'API_KEY.END', field: 'expiresAt' } });
});

test('the other services read what their guard needs of a key and an account, and nothing else', async () => {
  for (const service of ['scheduler', 'dispatch', 'commandCentre'] as const) {
    const database = await station.test.open(service);
    expect(await database.rows('SELECT digest FROM station.api_keys LIMIT 1', [])).toHaveLength(1);
    await database.rows('SELECT account_id, state FROM station.accounts', []);
    for (const forbidden of [
      'SELECT password_hash FROM station.accounts',
      'SELECT digest FROM station.refresh_tokens',
      'SELECT plate FROM station.trucks',
      `UPDATE station.api_keys SET expires_at = now()`,
    ]) {
      await expect(database.rows(forbidden, [])).rejects.toMatchObject({ code: '42501' });
    }
  }
});
