import { area, jindong, openNetwork, relayDriver } from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { claimableFor, ClaimLink } from './claim-link.js';
import { refreshFor, repeatFor } from './session.repository.js';

let station: RunningStation;
let http: StationOverHttp;
const administrator = () => http.as({ role: 'administrator' });
const nobody = () => http.bearing();
const password = 'correct horse battery';
const pin = '482913';
interface Session {
  readonly token: string;
  readonly refreshToken: string;
}

async function account(accountId: string, secrets: { pin?: string; password?: string } = { password }): Promise<void> {
  await administrator().post('/api/v1/accounts', { accountId, role: 'operator', stations: [jindong] });
  for (const [kind, secret] of Object.entries(secrets)) {
    await administrator().post(`/api/v1/accounts/${accountId}/${kind}`, { [kind]: secret });
  }
}

async function signIn(accountId: string, secret: object = { password }): Promise<Session> {
  const answer = await nobody().post('/api/v1/sessions', { accountId, ...secret });
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  return answer.body as unknown as Session;
}

const refresh = (refreshToken: string) => nobody().post('/api/v1/sessions/refresh', { refreshToken });

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

test('a claim link makes the first administrator, once, whatever others were shown, and none is made afterwards', async () => {
  const links = station.get(ClaimLink);
  const first = await links.make();
  expect(first?.token).toMatch(/^yzc_[0-9a-f]{64}$/);
  station.clock.moveTo(station.clock.now() + claimableFor);
  const body = { token: first?.token ?? '', accountId: 'administrator:first', password };
  expect(await nobody().post('/api/v1/claim', body)).toMatchObject({ status: 403, body: { code: 'CLAIM.REFUSED' } });
  const next = { ...body, token: (await links.make())?.token ?? '' };
  const other = { ...body, token: (await links.make())?.token ?? '' };
  expect(other.token).not.toBe(next.token);
  expect(next.token).not.toBe(body.token);
  const wrong = { ...next, token: `yzc_${'0'.repeat(64)}` };
  expect((await nobody().post('/api/v1/claim', wrong)).body.code).toBe('CLAIM.REFUSED');
  expect(await nobody().post('/api/v1/claim', { ...next, accountId: 'operator:x' })).toMatchObject({ status: 400 });
  const both = await Promise.all([nobody().post('/api/v1/claim', next), nobody().post('/api/v1/claim', next)]);
  const [[made], [refused]] = [201, 403].map((expected) => both.filter(({ status }) => status === expected));
  expect(refused.body.code).toBe('CLAIM.REFUSED');
  const { token } = made.body as unknown as Session;
  expect((await http.bearing(token).get('/api/v1/caller')).body).toMatchObject({
    accountId: 'administrator:first',
    role: 'administrator',
    access: 'write',
  });
  expect((await nobody().post('/api/v1/claim', other)).body.code).toBe('CLAIM.REFUSED');
  expect(await links.make()).toBeUndefined();
  const rows = await station.database.rows<{ digest: string }>('SELECT digest FROM station.claims', []);
  expect(rows.map(({ digest }) => digest)).not.toContain(next.token);
});

test('who knows the password or the PIN gets a token that says who he is', async () => {
  await account('operator:lin', { password, pin });
  for (const secret of [{ password }, { pin }]) {
    const { token } = await signIn('operator:lin', secret);
    expect((await http.bearing(token).get('/api/v1/caller')).body).toMatchObject({
      accountId: 'operator:lin',
      role: 'operator',
      stations: [jindong],
    });
  }
});

test('whoever does not is told nothing: no account, no such secret and a wrong one are one refusal, until it is locked', async () => {
  await account('operator:wu');
  for (const [accountId, secret] of [
    ['operator:wu', { password: 'something else entirely' }],
    ['operator:wu', { pin }],
    ['operator:nobody', { password }],
  ] as const) {
    expect(await nobody().post('/api/v1/sessions', { accountId, ...secret })).toMatchObject({
      status: 401,
      body: { code: 'IDENTITY.SIGN_IN_REFUSED', detail: 'the account or its secret is wrong' },
    });
  }
  const answers: unknown[] = [];
  for (const accountId of ['operator:wu', 'operator:unknown']) {
    for (let tries = 0; tries < 6; tries += 1) {
      answers.push((await nobody().post('/api/v1/sessions', { accountId, pin: '111111' })).body.code);
    }
    const locked = await nobody().post('/api/v1/sessions', { accountId, pin: '111111' });
    expect(locked).toMatchObject({ status: 403, body: { code: 'PIN.LOCKED' }, headers: { 'retry-after': '900' } });
  }
  expect(answers.filter((code) => String(code) === 'PIN.LOCKED')).toHaveLength(3);
});

test('one secret is asked for, not two or none', async () => {
  for (const body of [{ accountId: 'operator:lin' }, { accountId: 'operator:lin', pin, password }]) {
    expect(await nobody().post('/api/v1/sessions', body)).toMatchObject({
      status: 400,
      body: { code: 'IDENTITY.ONE_SECRET' },
    });
  }
});

const ended = { status: 401, body: { code: 'IDENTITY.SESSION_ENDED' } };
const next = async (refreshToken: string): Promise<Session> => {
  const answer = await refresh(refreshToken);
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  return answer.body as unknown as Session;
};

test('a refresh token gives the next one, and used after that one it ends the session for thief and owner', async () => {
  await account('operator:chen');
  const first = await signIn('operator:chen');
  const second = await next(first.refreshToken);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect((await http.bearing(second.token).get('/api/v1/caller')).status).toBe(200);
  const third = await next(second.refreshToken);
  expect(await refresh(first.refreshToken)).toMatchObject(ended);
  expect(await refresh(third.refreshToken)).toMatchObject(ended);
  expect(await refresh(`yzr_${'0'.repeat(64)}`)).toMatchObject(ended);
});

test('a refresh token whose answer was lost is taken once more, and whoever has the other answer ends the session', async () => {
  await account('operator:tunnel');
  const first = await signIn('operator:tunnel');
  const lost = await next(first.refreshToken);
  station.clock.moveTo(station.clock.now() + repeatFor - 1);
  const heard = await next(first.refreshToken);
  const later = await next(heard.refreshToken);
  station.clock.moveTo(station.clock.now() + 1);
  expect(await refresh(lost.refreshToken)).toMatchObject(ended);
  expect(await refresh(later.refreshToken)).toMatchObject(ended);
});

test('it is not taken a third time, nor later than within a minute', async () => {
  await account('operator:often');
  const often = await signIn('operator:often');
  await next(often.refreshToken);
  const second = await next(often.refreshToken);
  expect(await refresh(often.refreshToken)).toMatchObject(ended);
  expect(await refresh(second.refreshToken)).toMatchObject(ended);
  const late = await signIn('operator:often');
  const held = await next(late.refreshToken);
  station.clock.moveTo(station.clock.now() + repeatFor);
  expect(await refresh(late.refreshToken)).toMatchObject(ended);
  expect(await refresh(held.refreshToken)).toMatchObject(ended);
});

test('of ten that present one refresh token at once, two get the next, and the session ends', async () => {
  await account('operator:race');
  const { refreshToken } = await signIn('operator:race');
  const all = await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)));
  const won = all.filter(({ status }) => status === 200);
  expect(won).toHaveLength(2);
  for (const { body } of won) expect(await refresh((body as unknown as Session).refreshToken)).toMatchObject(ended);
});

test('a session ends by itself, by signing out, by another password and by suspension', async () => {
  await account('operator:ends');
  const left = await signIn('operator:ends');
  station.clock.moveTo(station.clock.now() + refreshFor);
  expect((await refresh(left.refreshToken)).status).toBe(401);
  const signedOut = await signIn('operator:ends');
  expect((await nobody().post('/api/v1/sessions/sign-out', { refreshToken: signedOut.refreshToken })).status).toBe(204);
  expect((await refresh(signedOut.refreshToken)).status).toBe(401);
  const changed = await signIn('operator:ends');
  await administrator().post('/api/v1/accounts/operator:ends/password', { password: 'another long password' });
  expect((await refresh(changed.refreshToken)).status).toBe(401);
  const suspended = await signIn('operator:ends', { password: 'another long password' });
  await administrator().post('/api/v1/accounts/operator:ends/suspension', { reason: 'left' });
  expect((await refresh(suspended.refreshToken)).status).toBe(401);
  expect(await http.bearing(suspended.token).get('/api/v1/caller')).toMatchObject({
    status: 401,
    body: { code: 'IDENTITY.TOKEN_REFUSED' },
  });
  const again = await nobody().post('/api/v1/sessions', {
    accountId: 'operator:ends',
    password: 'another long password',
  });
  expect(again).toMatchObject({ status: 401, body: { code: 'IDENTITY.SIGN_IN_REFUSED' } });
});

test('a link makes its bearer that driver for a while, and suspending him ends it', async () => {
  await relayDriver(station, 'R1');
  await relayDriver(station, 'R2');
  const operator = http.as({ role: 'operator', stations: [jindong] });
  const made = await operator.post('/api/v1/driver-links', { driverId: 'R1' }, 'link');
  expect(made).toMatchObject({ status: 201, body: { accountId: 'driver:R1', driverId: 'R1' } });
  const link = http.bearing(String(made.body.token));
  expect((await link.get('/api/v1/drivers/R1')).status).toBe(200);
  expect((await link.get('/api/v1/drivers/R2')).status).toBe(403);
  expect(await link.post('/api/v1/accounts/driver:R1/pin', { pin })).toMatchObject({
    status: 403,
    body: { code: 'IDENTITY.LINK_IS_FOR_SIGNING' },
  });
  const [stored] = await station.database.rows<{ answer: object }>(
    `SELECT answer FROM station.requests WHERE key = 'link'`,
    [],
  );
  expect(JSON.stringify(stored.answer)).not.toContain('ey');
  await administrator().post('/api/v1/accounts', { accountId: 'driver:R1', role: 'driver', driverId: 'R1' });
  await administrator().post('/api/v1/accounts/driver:R1/suspension', { reason: 'phone_lost' });
  expect(await link.get('/api/v1/drivers/R1')).toMatchObject({ status: 401 });
  expect(await operator.post('/api/v1/driver-links', { driverId: 'R1' })).toMatchObject({
    status: 403,
    body: { code: 'ACCOUNT.SUSPENDED' },
  });
});

test('an id that is as long as may be makes an account too, and no longer one is enrolled', async () => {
  const enrolled = (driverId: string) =>
    administrator().post('/api/v1/drivers', { driverId, areaCode: area, insideZoneId: null, licences: ['A2'] });
  const [longest, longer] = ['𠮷'.repeat(56), '𠮷'.repeat(57)];
  expect(await enrolled(longer)).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
  expect(await enrolled(longest)).toMatchObject({ status: 201 });
  const accountId = `driver:${longest}`;
  const link = await administrator().post('/api/v1/driver-links', { driverId: longest });
  expect(link).toMatchObject({ status: 201, body: { accountId } });
  const data = await administrator().get(`/api/v1/personal-data/${encodeURIComponent(accountId)}`);
  expect(data).toMatchObject({ status: 200, body: { personId: accountId } });
  const whose = { accountId, role: 'driver', driverId: longest };
  expect(await administrator().post('/api/v1/accounts', whose)).toMatchObject({ status: 201 });
});

test('links are for drivers of one’s own areas, and for a handoff of one’s own station', async () => {
  const far = http.as({ role: 'operator', stations: ['XX'] });
  expect((await far.post('/api/v1/driver-links', { driverId: 'R2' })).status).toBe(403);
  const operator = http.as({ role: 'operator', stations: [jindong] });
  const handoffId = '01890000-0000-7000-8000-000000000000';
  expect(await operator.post('/api/v1/driver-links', { driverId: 'R2', handoffId })).toMatchObject({ status: 404 });
});

test('a link for one handoff reaches no other and changes nothing else', async () => {
  const handoffId = '01890000-0000-7000-8000-000000000000';
  const link = http.as({ role: 'driver', driverId: 'R2', isLink: true, handoffId });
  const other = handoffId.replace('0189', '0190');
  const yours = { status: 403, body: { code: 'IDENTITY.NOT_YOUR_HANDOFF' } };
  expect(await link.get(`/api/v1/handoffs/${other}`)).toMatchObject(yours);
  expect(await link.post(`/api/v1/handoffs/${other}/acceptance`, { driverId: 'R2' })).toMatchObject(yours);
  expect(await link.post('/api/v1/drivers/R2/shift-end', {})).toMatchObject(yours);
  expect(await link.post(`/api/v1/handoffs/${handoffId}/acceptance`, { driverId: 'R2' })).toMatchObject({
    status: 404,
  });
  expect((await link.get('/api/v1/drivers/R2')).status).toBe(200);
});

test('no token, PIN or password is stored as it is', async () => {
  const [{ dump }] = await station.database.rows<{ dump: string }>(
    `SELECT (SELECT json_agg(a) FROM station.accounts a)::text || (SELECT json_agg(s) FROM station.refresh_tokens s)::text
     || (SELECT json_agg(r) FROM station.requests r)::text AS dump`,
    [],
  );
  for (const secret of [password, pin, 'another long password', 'yzr_', 'yzc_']) expect(dump).not.toContain(secret);
});
