import { carrier, jindong, openNetwork, pujiang, relayDriver } from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;
const accounts = '/api/v1/accounts';
const administrator = () => http.as({ role: 'administrator' });
const lead = () => http.as({ role: 'shift_lead', stations: [jindong] });
const operator = (accountId: string, ...stations: string[]) => ({ accountId, role: 'operator', stations });
const idsOf = async (caller: HttpCaller): Promise<string[]> => {
  const { items } = (await caller.get(`${accounts}?limit=200`)).body as unknown as { items: { accountId: string }[] };
  return items.map(({ accountId }) => accountId);
};

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await relayDriver(station, 'R1');
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('an administrator makes accounts for every role, each once', async () => {
  for (const body of [
    operator('operator:both', jindong, pujiang),
    { accountId: 'carrier:desk', role: 'carrier', carrierId: carrier },
    { accountId: 'command_centre:night', role: 'command_centre', counties: ['330782'] },
    { accountId: 'administrator:second', role: 'administrator' },
  ]) {
    expect(await administrator().post(accounts, body)).toMatchObject({
      status: 201,
      body: { accountId: body.accountId, state: 'active', version: 1 },
    });
    expect(await administrator().post(accounts, body)).toMatchObject({
      status: 409,
      body: { code: 'ACCOUNT.ALREADY_EXISTS' },
    });
  }
  expect((await administrator().get(`${accounts}/command_centre:night`)).body).toEqual({
    accountId: 'command_centre:night',
    role: 'command_centre',
    counties: ['330782'],
    state: 'active',
    hasPassword: false,
    hasPin: false,
    createdAt: '2026-03-02T00:00:00.000Z',
    createdBy: 'administrator:test',
    version: 1,
    allowedSteps: ['suspend'],
  });
});

test.each([
  [{ accountId: 'operator:a', role: 'operator', stations: ['XX'] }, 'STATION.NOT_FOUND'],
  [{ accountId: 'driver:X', role: 'driver', driverId: 'X' }, 'DRIVER.NOT_FOUND'],
  [{ accountId: 'carrier:x', role: 'carrier', carrierId: 'X' }, 'CARRIER.NOT_FOUND'],
  [{ accountId: 'enterprise:x', role: 'enterprise', enterpriseId: 'X' }, 'ENTERPRISE.NOT_FOUND'],
  [{ accountId: 'command_centre:x', role: 'command_centre', areas: ['X'] }, 'AREA.NOT_FOUND'],
])('an account that stands for nobody we know (%j) is refused', async (body, code) => {
  expect(await administrator().post(accounts, body)).toMatchObject({ status: 404, body: { code } });
});

test('a shift lead manages the operators and drivers of his own stations, and sees no others', async () => {
  expect((await lead().post(accounts, operator('operator:lin', jindong))).status).toBe(201);
  expect((await lead().post(accounts, { accountId: 'driver:R1', role: 'driver', driverId: 'R1' })).status).toBe(201);
  for (const body of [
    operator('operator:far', pujiang),
    { accountId: 'shift_lead:two', role: 'shift_lead', stations: [jindong] },
    { accountId: 'administrator:me', role: 'administrator' },
  ]) {
    expect(await lead().post(accounts, body)).toMatchObject({
      status: 403,
      body: { code: 'IDENTITY.NOT_YOUR_ACCOUNT' },
    });
  }
  expect(await idsOf(lead())).toEqual(['driver:R1', 'operator:lin']);
  expect(await idsOf(administrator())).toEqual(expect.arrayContaining(['administrator:second', 'operator:both']));
  for (const step of ['suspension', 'pin', 'password']) {
    const body = { suspension: { reason: 'x' }, pin: { pin: '482913' }, password: { password: 'a long password' } };
    const answer = await lead().post(`${accounts}/operator:both/${step}`, body[step as keyof typeof body]);
    expect(answer).toMatchObject({ status: 403, body: { code: 'IDENTITY.NOT_YOUR_ACCOUNT' } });
  }
  expect((await lead().get(`${accounts}/operator:both`)).status).toBe(403);
});

test('an account is suspended with a reason and resumed, and nobody suspends himself', async () => {
  const suspended = await lead().post(`${accounts}/operator:lin/suspension`, { reason: 'left_the_station' });
  expect(suspended).toMatchObject({ status: 200, body: { state: 'suspended', version: 2 } });
  expect((await lead().get(`${accounts}/operator:lin`)).body).toMatchObject({
    suspendReason: 'left_the_station',
    suspendedAt: '2026-03-02T00:00:00.000Z',
    allowedSteps: ['resume'],
  });
  expect(await lead().post(`${accounts}/operator:lin/suspension`, { reason: 'again' })).toMatchObject({
    status: 409,
    body: { code: 'ACCOUNT.NOT_ACTIVE', allowedSteps: ['resume'] },
  });
  expect((await lead().post(`${accounts}/operator:lin/resumption`)).body).toMatchObject({ state: 'active' });
  await administrator().post(accounts, { accountId: 'administrator:test', role: 'administrator' });
  expect(await administrator().post(`${accounts}/administrator:test/suspension`, { reason: 'x' })).toMatchObject({
    status: 409,
    body: { code: 'ACCOUNT.YOUR_OWN' },
  });
});

test('secrets are set by who manages the account and by oneself, who must know the one until now', async () => {
  const self = http.as({ role: 'operator', stations: [jindong] });
  await administrator().post(accounts, operator('operator:test', jindong));
  const pin = `${accounts}/operator:test/pin`;
  expect(await lead().post(pin, { pin: '482913' })).toMatchObject({ status: 200, body: { version: 2 } });
  expect(await self.post(pin, { pin: '739204' })).toMatchObject({
    status: 400,
    body: { code: 'PIN.CURRENT_MISSING', field: 'currentPin' },
  });
  expect(await self.post(pin, { pin: '739204', currentPin: '111111' })).toMatchObject({
    status: 403,
    body: { code: 'PIN.WRONG' },
  });
  expect((await self.post(pin, { pin: '739204', currentPin: '482913' })).status).toBe(200);
  const password = `${accounts}/operator:test/password`;
  expect((await self.post(password, { password: 'correct horse battery' })).status).toBe(200);
  expect((await lead().get(`${accounts}/operator:test`)).body).toMatchObject({ hasPin: true, hasPassword: true });
  const stranger = http.as({ role: 'driver', driverId: 'R1' });
  expect((await stranger.post(pin, { pin: '482913' })).status).toBe(403);
});

test.each([
  ['pin', { pin: '12345' }],
  ['pin', { pin: '12345a' }],
  ['password', { password: 'short' }],
])('a weak %s is refused, and not repeated', async (kind, body) => {
  const answer = await administrator().post(`${accounts}/operator:test/${kind}`, body);
  expect(answer).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
  expect(JSON.stringify(answer.body)).not.toContain(Object.values(body)[0]);
});

test('the same key with another PIN is the same request: no digest of a PIN is stored', async () => {
  const address = `${accounts}/operator:both/pin`;
  const first = await administrator().post(address, { pin: '482913' }, 'same');
  expect(await administrator().post(address, { pin: '739204' }, 'same')).toMatchObject({
    status: 200,
    body: first.body,
  });
});

test('no answer has a hash', async () => {
  const all = await administrator().get(`${accounts}?limit=200`);
  expect(JSON.stringify(all.body)).not.toMatch(/scrypt|hash/i);
});
