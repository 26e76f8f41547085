import { Validator } from '@seriousme/openapi-schema-validator';
import {
  area,
  carrier,
  enterprise,
  jindong,
  openNetwork,
  pujiang,
  relayDriver,
  zone,
} from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;
const administrator = () => http.as({ role: 'administrator' });
const commandCentre = () => http.as({ role: 'command_centre', areas: [area] });
const shiftLead = () => http.as({ role: 'shift_lead', stations: [jindong] });
const operator = () => http.as({ role: 'operator', stations: [jindong] });
const elsewhere = () => http.as({ role: 'operator', stations: ['XX'] });
const hour = 3_600_000;
const later = (hours: number) => new Date(station.clock.now() + hours * hour).toISOString();

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

test('areas, policies and carriers are made and listed', async () => {
  expect(await administrator().post('/api/v1/areas', { areaCode: 'ningbo', name: '宁波' })).toMatchObject({
    status: 201,
    body: { areaCode: 'ningbo', name: '宁波' },
  });
  const published = await administrator().post('/api/v1/areas/ningbo/policies', { policyId: 'cn-strict' });
  expect(published).toMatchObject({ status: 201, body: { areaCode: 'ningbo', policyId: 'cn-strict' } });
  const areas = await operator().get('/api/v1/areas?limit=1');
  expect(areas.body).toMatchObject({ items: [{ areaCode: area }], next: expect.any(String) });
  const more = await operator().get(`/api/v1/areas?limit=1&after=${String(areas.body.next)}`);
  expect(more.body).toMatchObject({ items: [{ areaCode: 'ningbo' }], next: null });
  const policies = await operator().get(`/api/v1/areas/${area}/policies?limit=1`);
  expect(policies.body).toMatchObject({
    items: [{ policyId: 'cn-freight', publishedAt: '2026-03-02T00:00:00.000Z', rules: { utcOffsetMinutes: 480 } }],
  });
  await administrator().post('/api/v1/carriers', { carrierId: 'C2', name: 'Two' });
  expect((await operator().get('/api/v1/carriers')).body).toMatchObject({
    items: [{ carrierId: 'C2' }, { carrierId: carrier }],
  });
});

test('areas, zones, carriers and enterprises are read one by one, by those who may list them', async () => {
  const carriersAreFor = [operator(), shiftLead(), commandCentre(), administrator()];
  const driver = http.as({ role: 'driver', driverId: 'R1' });
  for (const [address, key, readers, others] of [
    [`areas/${area}`, { areaCode: area }, [...carriersAreFor, driver], []],
    [`zones/${zone}`, { zoneId: zone, state: 'active' }, [...carriersAreFor, driver], []],
    [`carriers/${carrier}`, { carrierId: carrier }, carriersAreFor, [driver]],
    [`enterprises/${enterprise}`, { enterpriseId: enterprise, zoneId: zone }, carriersAreFor, [driver]],
  ] as const) {
    for (const reader of readers) {
      expect(await reader.get(`/api/v1/${address}`)).toMatchObject({ status: 200, body: key });
    }
    for (const other of others) expect((await other.get(`/api/v1/${address}`)).status).toBe(403);
    const [list = ''] = address.split('/');
    const noun = list.slice(0, -1);
    const { items } = (await operator().get(`/api/v1/${list}?limit=200`)).body as unknown as { items: object[] };
    expect(items).toContainEqual((await operator().get(`/api/v1/${address}`)).body);
    expect(await operator().get(`/api/v1/${list}/nothing`)).toMatchObject({
      status: 404,
      body: { code: `${noun.toUpperCase()}.NOT_FOUND`, detail: `no ${noun} nothing` },
    });
  }
});

test('the same key and body give the stored answer, byte for byte; another body is 422', async () => {
  const body = { areaCode: 'huzhou', name: 'Huzhou' };
  const first = await administrator().post('/api/v1/areas', body, 'once');
  const again = await administrator().post('/api/v1/areas', body, 'once');
  expect([again.status, JSON.stringify(again.body)]).toEqual([first.status, JSON.stringify(first.body)]);
  expect(await administrator().post('/api/v1/areas', body, 'once')).toMatchObject({ status: 201, body: first.body });
  expect(await administrator().post('/api/v1/areas', { ...body, name: 'Other' }, 'once')).toMatchObject({
    status: 422,
    body: { code: 'REQUEST.KEY_REUSED' },
  });
  expect(await administrator().post('/api/v1/areas', body)).toMatchObject({
    status: 409,
    body: { code: 'AREA.ALREADY_EXISTS' },
  });
});

test('zones are closed and opened by the command centre of their area', async () => {
  const body = {
    zoneId: 'dongyang',
    areaCode: area,
    level: 'silent',
    countyCodes: ['330783'],
    stationCodes: [jindong],
    startsAt: '2026-03-02T08:00:00+08:00',
    policy: { id: 'cn-freight', version: '2026-11' },
  };
  expect((await operator().post('/api/v1/zones', body)).status).toBe(403);
  const other = http.as({ role: 'command_centre', areas: ['ningbo'] });
  expect(await other.post('/api/v1/zones', body)).toMatchObject({
    status: 403,
    body: { code: 'IDENTITY.NOT_YOUR_AREA' },
  });
  expect(await commandCentre().post('/api/v1/zones', body)).toMatchObject({ status: 201, body: { state: 'active' } });
  const zones = await operator().get(`/api/v1/zones?areaCode=${area}&state=active`);
  expect(zones.body).toMatchObject({
    items: [{ zoneId: 'dongyang', startsAt: '2026-03-02T00:00:00.000Z', policy: body.policy }, { zoneId: zone }],
  });
  expect((await other.post('/api/v1/zones/dongyang/lifting')).status).toBe(403);
  expect(await commandCentre().post('/api/v1/zones/dongyang/lifting')).toMatchObject({
    status: 200,
    body: { state: 'lifted', openRuns: [] },
  });
  expect(await commandCentre().post('/api/v1/zones/nowhere/lifting')).toMatchObject({ status: 404 });
});

test('stations are opened by the command centre and suspended by their shift lead', async () => {
  const body = {
    stationCode: 'YW',
    areaCode: area,
    countyCode: '330782',
    name: '义乌港',
    location: { latitude: 29.3, longitude: 120.07 },
    bays: ['1', '2'],
    zoneIds: [zone],
  };
  expect(await commandCentre().post('/api/v1/stations', body)).toMatchObject({ status: 201 });
  expect((await operator().get('/api/v1/stations/YW')).body).toEqual({
    ...body,
    assignmentMode: 'auto',
    isOpenNow: true,
    state: 'open',
    version: 1,
    allowedSteps: ['suspend', 'close'],
  });
  expect((await shiftLead().post('/api/v1/stations/YW/suspension', { reason: 'flood' })).status).toBe(403);
  expect((await operator().post(`/api/v1/stations/${jindong}/suspension`, { reason: 'flood' })).status).toBe(403);
  const suspended = await shiftLead().post(`/api/v1/stations/${jindong}/suspension`, { reason: 'flood' });
  expect(suspended).toMatchObject({ status: 200, body: { state: 'suspended' } });
  expect(await shiftLead().post(`/api/v1/stations/${jindong}/suspension`, { reason: 'flood' })).toMatchObject({
    status: 409,
    body: { code: 'STATION.NOT_OPEN', allowedSteps: ['resume', 'close'] },
  });
  expect((await operator().get('/api/v1/stations?state=suspended')).body).toMatchObject({
    items: [{ stationCode: jindong, bays: ['1', '2'], suspendedAt: '2026-03-02T00:00:00.000Z' }],
    next: null,
  });
  expect((await commandCentre().post(`/api/v1/stations/${jindong}/resumption`)).status).toBe(200);
  expect((await commandCentre().post('/api/v1/stations/YW/closure', { reason: 'moved' })).status).toBe(200);
  expect((await operator().get('/api/v1/stations/none')).status).toBe(404);
});

test('an enterprise speaks for itself', async () => {
  const url = `/api/v1/enterprises/${enterprise}/readiness`;
  expect((await http.as({ role: 'enterprise', enterpriseId: 'other' }).post(url, { readiness: 'ready' })).status).toBe(
    403,
  );
  const own = http.as({ role: 'enterprise', enterpriseId: enterprise });
  expect(await own.post(url, { readiness: 'ready' })).toMatchObject({ status: 200, body: { readiness: 'ready' } });
  const registered = { enterpriseId: 'E2', areaCode: area, name: 'Two', priority: 3 };
  expect((await commandCentre().post('/api/v1/enterprises', registered)).status).toBe(201);
  expect((await operator().get('/api/v1/enterprises?readiness=willing')).body).toMatchObject({ items: [registered] });
});

test('drivers are enrolled, listed and read by those whose area it is', async () => {
  const body = { driverId: 'R9', areaCode: area, insideZoneId: null, licences: ['A2'], carrierId: carrier };
  expect((await elsewhere().post('/api/v1/drivers', body)).status).toBe(403);
  expect(await operator().post('/api/v1/drivers', body)).toMatchObject({
    status: 201,
    body: { driverId: 'R9', version: 1 },
  });
  const list = await operator().get(`/api/v1/drivers?shiftStationCode=${jindong}`);
  expect(list.body).toMatchObject({
    items: [{ driverId: 'R1', shift: { stationCode: jindong }, stationCode: jindong, allowedSteps: ['end_shift'] }],
  });
  expect((await elsewhere().get('/api/v1/drivers')).body).toEqual({ items: [], next: null });
  expect((await elsewhere().get(`/api/v1/drivers?areaCode=${area}`)).body).toEqual({ items: [], next: null });
  expect((await administrator().get('/api/v1/drivers')).body).toMatchObject({
    items: [{ driverId: 'R1' }, { driverId: 'R9' }],
  });
  expect((await http.as({ role: 'carrier', carrierId: carrier }).get('/api/v1/drivers')).status).toBe(403);
  expect((await elsewhere().get('/api/v1/drivers/R9')).status).toBe(403);
  expect((await operator().get('/api/v1/drivers/nobody')).status).toBe(404);
  expect((await http.as({ role: 'driver', driverId: 'R9' }).get('/api/v1/drivers/R9')).body).toEqual({
    ...body,
    version: 1,
    allowedSteps: ['start_shift'],
    credentials: [],
  });
  expect(await http.as({ role: 'driver', driverId: 'R1' }).get('/api/v1/drivers/R9')).toMatchObject({
    status: 403,
    body: { code: 'IDENTITY.NOT_YOUR_DRIVER' },
  });
});

test('a driver shift, rest and credential by HTTP', async () => {
  const own = http.as({ role: 'driver', driverId: 'R1' });
  expect((await own.post('/api/v1/drivers/R1/shift-end')).status).toBe(200);
  expect((await own.post('/api/v1/drivers/R9/shift-end')).status).toBe(403);
  expect(
    await operator().post('/api/v1/drivers/R1/shift-start', { stationCode: pujiang, endsAt: later(8) }),
  ).toMatchObject({
    status: 403,
    body: { code: 'IDENTITY.NOT_YOUR_STATION', stationCode: pujiang },
  });
  const started = await operator().post('/api/v1/drivers/R1/shift-start', { stationCode: jindong, endsAt: later(8) });
  expect(started.status).toBe(200);
  expect((await own.post('/api/v1/drivers/R1/rests', { startedAt: later(-2), endedAt: later(-1) })).status).toBe(200);
  const credential = {
    credential: 'health_certificate',
    validFrom: later(-1),
    validUntil: later(24),
    issuer: 'jinhua',
  };
  expect((await operator().post('/api/v1/drivers/R1/credentials', credential)).status).toBe(403);
  expect((await shiftLead().post('/api/v1/drivers/R1/credentials', credential)).status).toBe(200);
  const recall = { credential: 'health_certificate', reason: 'positive_contact' };
  expect((await shiftLead().post('/api/v1/drivers/R1/credential-recalls', recall)).status).toBe(200);
  expect((await own.get('/api/v1/drivers/R1')).body).toMatchObject({
    shift: { stationCode: jindong, endsAt: later(8) },
    credentials: [{ ...credential, recalledAt: later(0) }, { credential: 'professional_qualification' }],
  });
  expect((await shiftLead().post('/api/v1/drivers/R9/side', { insideZoneId: zone })).status).toBe(200);
});

test('every route is described in valid OpenAPI 3.1 and names who may use it', async () => {
  const document = http.openApi();
  const { errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  expect(errors).toBeUndefined();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Record<string, unknown>>)) {
      const isPublic = JSON.stringify(operation.security) === '[]';
      expect([path, method, operation['x-roles']]).toEqual([path, method, isPublic ? undefined : expect.any(Array)]);
      expect([path, method, operation.summary]).toEqual([path, method, expect.stringMatching(/\w/)]);
      const keys = (operation.parameters as { name: string }[]).filter(({ name }) => name === 'Idempotency-Key');
      // Records that were made offline bring a key each, and a heartbeat may come twice.
      const isWithout = path === '/api/v1/offline-records' || path.endsWith('/heartbeat');
      const isKeyed = method !== 'get' && !isPublic && !isWithout;
      expect([path, method, keys.length]).toEqual([path, method, isKeyed ? 1 : 0]);
    }
  }
});
