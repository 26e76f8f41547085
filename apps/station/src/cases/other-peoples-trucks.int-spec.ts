import { toIso } from '@yizhan/kernel';
import {
  area,
  carrier,
  enterprise,
  jindong,
  openNetwork,
  outsideDriver,
  relayDriver,
} from '../../../../test/support/network.js';
import { arrivalOf, idOf, Relay, truckOf } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { ActivateZone } from '../network/zones/activate-zone.js';
import { CreateArea } from '../network/areas/create-area.js';
import { OpenStation } from '../network/stations/open-station.js';
import { PublishPolicy } from '../network/areas/publish-policy.js';
import { RegisterCarrier } from '../network/carriers/register-carrier.js';
import { RegisterEnterprise } from '../network/enterprises/register-enterprise.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;

const operator = () => http.as({ role: 'operator', stations: [jindong, 'LX'] });
const centreOf = (code: string) => http.as({ role: 'command_centre', areas: [code] });
const theEnterprise = (enterpriseId: string) => http.as({ role: 'enterprise', enterpriseId });
const code = ({ status, body }: { status: number; body: object }) => [status, (body as { code?: string }).code];

/** A second area with a zone, a station and an enterprise of its own. */
async function openNeighbour(): Promise<void> {
  const { get, request, clock } = station;
  const areaCode = 'lishui';
  await get(CreateArea).execute(request('area 2'), { areaCode, name: 'Lishui' });
  const policy = await get(PublishPolicy).execute(request('policy 2'), { areaCode, policyId: 'cn-freight' });
  await get(ActivateZone).execute(request('zone 2'), {
    zoneId: 'lanxi',
    areaCode,
    level: 'sealed',
    countyCodes: ['330781'],
    stationCodes: ['LX'],
    startsAt: clock.now(),
    policy: { id: 'cn-freight', version: policy.version },
  });
  await get(OpenStation).execute(request('station LX'), {
    stationCode: 'LX',
    areaCode,
    countyCode: '330781',
    name: 'LX',
    location: { latitude: 29.2, longitude: 119.5 },
    bays: ['1'],
    zoneIds: ['lanxi'],
  });
  const named = { enterpriseId: 'E-lanxi', areaCode, zoneId: 'lanxi', name: 'Lanxi' };
  await get(RegisterEnterprise).execute(request('enterprise 2'), named);
  await get(RegisterCarrier).execute(request('carrier 2'), { carrierId: 'carrier-2', name: 'Two' });
}

beforeEach(async () => {
  station = await startStation();
  await openNetwork(station);
  await openNeighbour();
  await outsideDriver(station, 'O1');
  await relayDriver(station, 'R1', { hours: 20 });
  relay = new Relay(station);
  http = await stationOverHttp(station);
});
afterEach(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

async function goneIn(): Promise<string> {
  await relay.swap('in', 'G1', 'O1', 'R1');
  await relay.depart('in', { runId: idOf('run') });
  return idOf('run');
}

async function goneOut(): Promise<void> {
  await goneIn();
  await relay.swap('out', 'G1', 'R1', 'O1', 'out_of_zone');
  await relay.depart('out');
}

const beginsInside = (plate: string, enterpriseId: string) => ({
  from: { kind: 'enterprise', id: enterpriseId },
  to: { kind: 'driver', id: 'R1' },
  place: enterpriseId,
  reason: 'starts_inside',
  items: [],
  truck: truckOf(plate),
});

test('a command centre sees the handoffs of its areas only', async () => {
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in');
  const handoffId = await relay.handoffOf('in');
  const own = centreOf(area);
  const other = centreOf('lishui');
  for (const query of ['', `?stationCode=${jindong}`]) {
    expect((await own.get(`/api/v1/handoffs${query}`)).body).toMatchObject({ items: [{ handoffId }] });
    expect((await other.get(`/api/v1/handoffs${query}`)).body).toMatchObject({ items: [] });
  }
  expect((await own.get('/api/v1/handoffs?stationCode=LX')).body).toMatchObject({ items: [] });
  expect((await own.get(`/api/v1/handoffs/${handoffId}`)).status).toBe(200);
  expect((await other.get(`/api/v1/handoffs/${handoffId}`)).status).toBe(404);
});

test('an enterprise speaks of runs in its own zone only', async () => {
  const steps = `/api/v1/runs/${await goneIn()}/steps`;
  const reached = (enterpriseId: string) => theEnterprise(enterpriseId).post(steps, { step: 'reached', enterpriseId });
  expect(code(await reached('E-lanxi'))).toEqual([403, 'IDENTITY.NOT_YOUR_RUN']);
  expect((await reached(enterprise)).status).toBe(200);
});

test('a carrier sees the runs of its own trucks alone, with where each was seen last', async () => {
  const runId = await goneIn();
  const own = http.as({ role: 'carrier', carrierId: carrier });
  const lastStep = async () => {
    await station.drain();
    const { body } = await own.get('/api/v1/runs?state=open');
    return (body as unknown as { items: { runId: string; plate: string; lastStep?: object }[] }).items;
  };
  expect(await lastStep()).toEqual([expect.objectContaining({ runId, plate: 'G1' })]);
  expect((await lastStep())[0]).not.toHaveProperty('lastStep');
  for (const step of ['reached', 'unloaded']) {
    const seen = { step, enterpriseId: enterprise };
    expect((await theEnterprise(enterprise).post(`/api/v1/runs/${runId}/steps`, seen)).status).toBe(200);
    expect(await lastStep()).toMatchObject([{ lastStep: seen }]);
  }
  const [unloaded] = await station.eventsOf('run.unloaded');
  const retraction = { subjectKind: 'run', subjectId: runId, eventId: unloaded.id, reason: 'did_not_occur' };
  expect((await operator().post('/api/v1/corrections/retractions', retraction)).status).toBe(200);
  expect(await lastStep()).toMatchObject([{ lastStep: { step: 'reached' } }]);
  expect((await own.get(`/api/v1/runs/${runId}`)).body).toMatchObject({ lastStep: { step: 'reached' } });
  const other = http.as({ role: 'carrier', carrierId: 'carrier-2' });
  expect((await other.get('/api/v1/runs')).body).toMatchObject({ items: [] });
});

test('an enterprise gives a truck to a driver of its own zone', async () => {
  const given = await theEnterprise('E-lanxi').post('/api/v1/trucks/Z1/custody', beginsInside('Z1', 'E-lanxi'));
  expect(code(given)).toEqual([409, 'DRIVER.ON_THE_OTHER_SIDE']);
  const own = await theEnterprise(enterprise).post('/api/v1/trucks/Z1/custody', beginsInside('Z1', enterprise));
  expect(own.status).toBe(200);
});

test('an enterprise does not give away a truck that was seen to leave; an operator may have seen it inside', async () => {
  await goneOut();
  const inside = beginsInside('G1', enterprise);
  expect(code(await theEnterprise(enterprise).post('/api/v1/trucks/G1/custody', inside))).toEqual([
    409,
    'TRUCK.LEFT_THE_ZONE',
  ]);
  expect((await operator().post('/api/v1/trucks/G1/custody', inside)).status).toBe(200);
});

test('whose truck it is does not follow from an announcement, but from the gate', async () => {
  const { driverId, ...coming } = { ...arrivalOf('in', 'G1', 'O1', 'into_zone', jindong), carrierId: 'carrier-2' };
  const announcement = { ...coming, expectedAt: toIso(station.clock.now()) };
  const announcing = http.as({ role: 'carrier', carrierId: 'carrier-2' });
  expect(code(await announcing.post('/api/v1/visits/announcements', announcement))).toEqual([201, undefined]);
  expect((await operator().get('/api/v1/trucks/G1')).body).not.toHaveProperty('carrierId');
  expect((await announcing.get('/api/v1/trucks/G1')).status).toBe(404);
  const arrival: Partial<typeof coming> = { ...coming };
  delete arrival.carrierId;
  expect((await operator().post('/api/v1/visits', { ...arrival, driverId })).status).toBe(201);
  expect((await operator().get('/api/v1/trucks/G1')).body).toMatchObject({ carrierId: 'carrier-2' });
});

test('a truck belongs to the area in which it was seen last', async () => {
  await goneOut();
  const there = { ...arrivalOf('there', 'G1', 'O1', 'into_zone', 'LX'), zoneId: 'lanxi' };
  expect(await operator().post('/api/v1/visits', there)).toMatchObject({ status: 201 });
  expect((await centreOf('lishui').get('/api/v1/trucks/G1')).body).toMatchObject({ areaCode: 'lishui' });
  expect((await centreOf(area).get('/api/v1/trucks/G1')).status).toBe(404);
});
