import { Validator } from '@seriousme/openapi-schema-validator';
import { toIso } from '@yizhan/kernel';
import {
  area,
  carrier,
  enterprise,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
  zone,
} from '../../../../test/support/network.js';
import { idOf, passed, signed, truckOf } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type Answer, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;
const operator = () => http.as({ role: 'operator', stations: [jindong] });
const elsewhere = () => http.as({ role: 'operator', stations: [pujiang] });
const driver = (driverId: string) => http.as({ role: 'driver', driverId });
const ofCarrier = (carrierId: string) => http.as({ role: 'carrier', carrierId });
const minute = 60_000;

const arrival = (visit: string, plate: string, driverId: string) => ({
  visitId: idOf(visit),
  stationCode: jindong,
  zoneId: zone,
  flow: 'into_zone',
  truck: truckOf(plate),
  carrierId: carrier,
  driverId,
  consignments: [{ id: 'C1', enterpriseId: enterprise, category: 'parts', tonnes: 12.5 }],
});

async function handoffOf(visit: string): Promise<string> {
  const { body } = await operator().get(`/api/v1/visits/${idOf(visit)}`);
  return (body as unknown as { handoffId: string }).handoffId;
}

/** Everything in a minute's step, each expected to work. */
async function step(answer: Promise<Answer>, status = 200): Promise<Answer> {
  const got = await answer;
  expect([got.status, got.body]).toEqual([status, got.body]);
  station.clock.moveTo(station.clock.now() + minute);
  return got;
}

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await relayDriver(station, 'R1');
  for (const driverId of ['O1', 'O2', 'O3']) await outsideDriver(station, driverId);
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('a whole relay by HTTP, with the next steps at each', async () => {
  const visit = `/api/v1/visits/${idOf('in')}`;
  const { expectedAt, ...announcement } = {
    ...arrival('in', '浙G10001', 'O1'),
    expectedAt: toIso(station.clock.now() + minute),
  };
  const coming: Partial<typeof announcement> = { ...announcement };
  delete coming.driverId;
  await step(ofCarrier(carrier).post('/api/v1/visits/announcements', { ...coming, expectedAt }), 201);
  await step(operator().post(`${visit}/queue`, { queue: 'outside' }));
  await step(operator().post(`${visit}/call`, {}));
  const arrived = await step(operator().post('/api/v1/visits', announcement), 201);
  expect(arrived.body).toMatchObject({
    state: 'arrived',
    ticketNo: 'W001',
    allowedSteps: expect.arrayContaining(['check']),
  });
  await step(operator().post(`${visit}/checks`, { checks: passed, sealNumber: 'S1' }));
  const handoff = `/api/v1/handoffs/${await handoffOf('in')}`;
  await step(operator().post(`${handoff}/assignment`, { driverId: 'R1' }));
  await step(driver('R1').post(`${handoff}/acceptance`, { driverId: 'R1' }));
  const authorisation = { carrierId: carrier, by: 'dispatcher-1', at: '2026-03-02T08:05:00+08:00' };
  await step(operator().post(`${handoff}/start`, { bayCode: '1', authorisation }));
  const completion = {
    signatures: signed('O1', 'R1', station.clock.now()),
    items: [{ code: 'keys', given: true }],
    odometerKm: 120_000,
    fuelPercent: 60,
    seal: { number: 'S1', intact: true },
    photos: [{ stage: 'seal', sha256: 'a'.repeat(64) }],
    reservations: [],
  };
  const done = await step(operator().post(`${handoff}/completion`, completion));
  expect(done.body).toMatchObject({ handoffState: 'completed', allowedSteps: expect.arrayContaining(['depart']) });
  await step(operator().post(`${visit}/departure`, { outcome: 'swapped', runId: idOf('run') }));
  const run = `/api/v1/runs/${idOf('run')}`;
  await step(ofCarrier(carrier).post(`${run}/return-plan`, { returnDriverId: 'O1', wait: 'station' }));
  await step(operator().post(`${run}/steps`, { step: 'reached', enterpriseId: enterprise }));
  expect((await operator().get(run)).body).toMatchObject({ state: 'open', returnDriverId: 'O1', driverId: 'R1' });
  const truck = encodeURIComponent('浙G10001');
  expect((await operator().get(`/api/v1/trucks/${truck}`)).body).toMatchObject({
    custodian: { kind: 'driver', id: 'R1' },
    sealNumber: 'S1',
  });
  await station.drain();
  const history = (await operator().get(`${visit}/history`)).body as unknown as { type: string }[];
  expect(history.map(({ type }) => type.slice(7, -3))).toEqual([
    'visit.announced',
    'visit.queued',
    'visit.called',
    'visit.arrived',
    'visit.checked',
    'handoff.requested',
    'handoff.assigned',
    'handoff.accepted',
    'handoff.started',
    'handoff.completed',
    'cargo.released',
    'visit.departed',
    'run.opened',
  ]);
  const started = (await station.eventsOf('handoff.started')).at(-1);
  expect(started?.data.authorisation.at).toBe('2026-03-02T00:05:00.000Z');
});

test('a step that is not possible now says which are', async () => {
  await step(operator().post('/api/v1/visits', arrival('refused', '浙G10002', 'O2')), 201);
  const released = await operator().post(`/api/v1/visits/${idOf('refused')}/release`);
  expect(released).toMatchObject({
    status: 409,
    body: { code: 'CARGO.NOT_SWAPPED', allowedSteps: expect.arrayContaining(['check', 'hold_cargo', 'depart']) },
  });
  const checks = await operator().post(`/api/v1/visits/${idOf('refused')}/checks`, { checks: passed.slice(1) });
  expect(checks).toMatchObject({ status: 400, body: { code: 'VISIT.CHECKS_MISSING', missing: ['person'] } });
  const twice = await operator().post('/api/v1/visits', { ...arrival('twice', '浙G10002', 'O2') });
  expect(twice).toMatchObject({ status: 409, body: { code: 'VISIT.TRUCK_ALREADY_HERE' } });
});

test('what is not asked for right is refused by field', async () => {
  const incomplete: Partial<ReturnType<typeof arrival>> = arrival('bad', '浙G10003', 'O3');
  delete incomplete.consignments;
  const bad = await operator().post('/api/v1/visits', {
    ...incomplete,
    driverName: 'Li',
    truck: { plate: '浙G10003' },
  });
  expect(bad.status).toBe(400);
  const fields = (bad.body as unknown as { errors: { field: string }[] }).errors.map(({ field }) => field);
  expect(fields).toEqual(
    expect.arrayContaining(['consignments', 'driverName', 'truck.plateColour', 'truck.licenceRequired']),
  );
  const hazardous = {
    ...arrival('bad', '浙G10003', 'O3'),
    consignments: [{ id: 'C1', enterpriseId: enterprise, category: 'hazardous' }],
  };
  expect(await operator().post('/api/v1/visits', hazardous)).toMatchObject({
    status: 400,
    body: { code: 'CARGO.HAZARDOUS' },
  });
  expect((await operator().get('/api/v1/visits/none')).status).toBe(400);
  expect((await operator().get(`/api/v1/visits/${idOf('none')}`)).status).toBe(404);
  const cursor = Buffer.from(JSON.stringify(['x'])).toString('base64url');
  expect((await operator().get(`/api/v1/visits?after=${cursor}`)).body).toMatchObject({ code: 'REQUEST.BAD_CURSOR' });
});

test('what is checked of a truck is known before one comes, by station and way', async () => {
  const at = `/api/v1/stations/${jindong}/checks`;
  const { ways } = (await step(operator().get(at))).body as unknown as {
    ways: { zoneId: string; flow: string; items: object[] }[];
  };
  expect(ways.map(({ zoneId, flow }) => [zoneId, flow])).toEqual([
    [zone, 'into_zone'],
    [zone, 'out_of_zone'],
  ]);
  const { body } = await operator().get(`/api/v1/visits/${idOf('refused')}/checks`);
  expect(ways[0]).toEqual({ zoneId: zone, flow: body['flow'], policy: body['policy'], items: body['items'] });
  expect((await elsewhere().get(at)).status).toBe(403);
});

test('everybody acts and looks where he belongs', async () => {
  expect((await elsewhere().post('/api/v1/visits', arrival('x', '浙G10004', 'O3'))).status).toBe(403);
  expect((await elsewhere().post(`/api/v1/visits/${idOf('refused')}/release`)).status).toBe(403);
  expect((await elsewhere().get(`/api/v1/visits/${idOf('refused')}`)).status).toBe(404);
  expect((await elsewhere().get('/api/v1/visits')).body).toMatchObject({ items: [] });
  expect((await ofCarrier('other').get('/api/v1/visits')).body).toMatchObject({ items: [] });
  expect((await ofCarrier('other').get(`/api/v1/visits/${idOf('in')}/history`)).status).toBe(404);
  expect((await ofCarrier('other').get(`/api/v1/trucks/${encodeURIComponent('浙G10001')}`)).status).toBe(404);
  expect((await ofCarrier('other').post(`/api/v1/runs/${idOf('run')}/return-plan`, { wait: 'away' })).status).toBe(403);
  expect((await ofCarrier(carrier).get('/api/v1/visits')).body).toMatchObject({
    items: [{ plate: expect.any(String) }, {}],
  });
  expect((await driver('R1').get('/api/v1/handoffs')).body).toMatchObject({
    items: [{ driverId: 'R1', state: 'completed' }],
  });
  expect((await driver('R2').get('/api/v1/handoffs')).body).toMatchObject({ items: [] });
  const handoffId = await handoffOf('in');
  expect((await driver('R2').post(`/api/v1/handoffs/${handoffId}/acceptance`, { driverId: 'R1' })).status).toBe(403);
  const centre = http.as({ role: 'command_centre', areas: [area] });
  expect((await centre.get('/api/v1/visits?state=departed')).body).toMatchObject({
    items: [{ outcome: 'swapped' }],
    next: null,
  });
});

test('trucks are parked and taken up, runs and exceptions are listed', async () => {
  await step(operator().post('/api/v1/visits', arrival('parked', '浙G10005', 'O3')), 201);
  const move = {
    from: { kind: 'driver', id: 'O3' },
    to: { kind: 'station', id: jindong },
    place: jindong,
    reason: 'driver_ill',
    items: [{ code: 'keys', given: true }],
  };
  const custody = `/api/v1/trucks/${encodeURIComponent('浙G10005')}/custody`;
  expect((await http.as({ role: 'enterprise', enterpriseId: enterprise }).post(custody, move)).status).toBe(403);
  expect((await step(operator().post(custody, move))).body).toMatchObject({
    custodian: { kind: 'station', id: jindong },
  });
  expect(await operator().post(custody, move)).toMatchObject({
    status: 409,
    body: { code: 'CUSTODY.NOT_THE_CUSTODIAN' },
  });
  const open = await operator().get('/api/v1/exceptions?state=open');
  expect(open.body).toMatchObject({ items: [{ code: 'custody_parked', owner: jindong, visitId: idOf('parked') }] });
  const runs = await operator().get('/api/v1/runs?state=open');
  expect(runs.body).toMatchObject({
    items: [{ runId: idOf('run'), allowedSteps: ['record_step', 'plan_return', 'close'] }],
  });
  const closed = await step(operator().post(`/api/v1/runs/${idOf('run')}/closure`, { how: 'stayed' }));
  expect(closed.body).toMatchObject({ state: 'closed', how: 'stayed', allowedSteps: [] });
  const free = await operator().get('/api/v1/trucks?custodianKind=station');
  expect(free.body).toMatchObject({ items: [{ plate: '浙G10005' }] });
});

test('the routes are described in valid OpenAPI', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(http.openApi())) as never);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});
