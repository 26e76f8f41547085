import { toIso } from '@yizhan/kernel';
import { area, jindong, openNetwork, outsideDriver, relayDriver, zone } from '../../../../test/support/network.js';
import { authorisationAt, idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { GrantCredential } from '../drivers/grant-credential.js';
import { PublishPolicy } from '../network/areas/publish-policy.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;
const operator = (): HttpCaller => http.as({ role: 'operator', stations: [jindong] });
const centre = (areaCode = area): HttpCaller => http.as({ role: 'command_centre', areas: [areaCode] });
const requests = '/api/v1/passes/amendment-requests';
const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) as unknown });
const hour = 3_600_000;

const passFor = (plate: string, driverIds: readonly string[], more: object = {}) => ({
  areaCode: area,
  countyCode: '330782',
  plate,
  route: 'yiwu-port:enterprise-1',
  driverIds,
  ...more,
});

/** The driver of `to` is named for the truck of the visit, and has accepted. */
async function accepted(visit: string, plate: string, to: string, checks?: { check: string; passed: boolean }[]) {
  await outsideDriver(station, `O-${visit}`);
  await relay.arrive(visit, plate, `O-${visit}`);
  await relay.check(visit, checks);
  const assigned = await relay.assign(visit, to);
  const answer = await relay.accept(visit, to);
  return { assigned, answer, handoffId: await relay.handoffOf(visit) };
}

const start = (handoffId: string, bayCode: string) =>
  operator().post(`/api/v1/handoffs/${handoffId}/start`, {
    bayCode,
    authorisation: authorisationAt(station.clock.now()),
  });

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
  for (const driverId of ['R1', 'R2', 'R3', 'R4', 'R5']) await relayDriver(station, driverId);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('a driver whom the pass does not cover is named, asks for the amendment, and starts once it is granted', async () => {
  const issued = await centre().post('/api/v1/passes', passFor('G1', ['R1']));
  expect(issued).toMatchObject({ status: 201, body: { passId: '330782000001', plate: 'G1', state: 'issued' } });
  const { assigned, answer, handoffId } = await accepted('first', 'G1', 'R2');
  expect(assigned).toMatchObject({ handoffState: 'assigned', passBlock: 'PASS.NOT_COVERING' });
  expect(answer.allowedSteps).not.toContain('start');
  const [event] = await station.eventsOf('handoff.assigned');
  expect(event?.data).toMatchObject({ passId: '330782000001', driverId: 'R2' });
  expect(await start(handoffId, '1')).toMatchObject({
    status: 409,
    body: { code: 'PASS.NOT_COVERING', passId: '330782000001', driverId: 'R2', handoffId },
  });
  const waiting = { items: [{ handoffId, plate: 'G1', driverId: 'R2', passBlock: 'PASS.NOT_COVERING' }] };
  expect((await centre().get(requests)).body).toMatchObject(waiting);
  expect((await centre('elsewhere').get(requests)).body).toMatchObject({ items: [] });
  expect(await centre('elsewhere').post(`${requests}/${handoffId}/grant`, {})).toMatchObject(
    refused(403, 'IDENTITY.NOT_YOUR_AREA'),
  );
  expect((await operator().post(`${requests}/${handoffId}/grant`, {})).status).toBe(403);
  expect((await centre().post(`${requests}/${handoffId}/grant`, {})).status).toBe(200);
  expect(await centre().post(`${requests}/${handoffId}/grant`, {})).toMatchObject(
    refused(409, 'PASS.NOTHING_TO_GRANT'),
  );
  expect((await centre().get(requests)).body).toMatchObject({ items: [] });
  expect((await operator().get('/api/v1/passes/330782000001')).body).toMatchObject({
    driverIds: ['R1', 'R2'],
    allowedSteps: ['amend', 'revoke'],
  });
  expect((await operator().get(`/api/v1/visits/${idOf('first')}`)).body).toMatchObject({
    allowedSteps: expect.arrayContaining(['start']) as unknown,
  });
  // What its driver is told.
  expect((await operator().get(`/api/v1/handoffs/${handoffId}`)).body).toMatchObject({
    flow: 'into_zone',
    zoneId: zone,
    route: 'yiwu-port:enterprise-1',
  });
  expect((await start(handoffId, '1')).body).toMatchObject({ handoffState: 'started' });
  await relay.complete('first', 'O-first', 'R2');
  await relay.depart('first');
});

test('a pass that is not theirs, is over or is revoked covers nobody; a pool’s covers all of it', async () => {
  const pool = await centre().post('/api/v1/passes', passFor('G2', [], { poolAreaCode: area }));
  expect(pool).toMatchObject({ status: 201, body: { passId: '330782000002' } });
  const { assigned, handoffId } = await accepted('second', 'G2', 'R1');
  expect(assigned.passBlock).toBeUndefined();
  const amend = (body: object) => centre().post('/api/v1/passes/330782000002/amendments', body);
  expect((await amend({ poolAreaCode: null, driverIds: ['R2'] })).status).toBe(200);
  expect(await start(handoffId, '1')).toMatchObject(refused(409, 'PASS.NOT_COVERING'));
  expect((await amend({ driverIds: ['R1'], validUntil: toIso(station.clock.now() + hour / 2) })).status).toBe(200);
  expect(await start(handoffId, '1')).toMatchObject(refused(409, 'PASS.NOT_COVERING'));
  expect(await amend({ driverIds: [] })).toMatchObject(refused(400, 'PASS.FOR_NOBODY'));
  expect(await amend({ driverIds: ['R9'] })).toMatchObject(refused(404, 'DRIVER.NOT_FOUND'));
  expect((await amend({ validUntil: null })).status).toBe(200);
  expect((await start(handoffId, '1')).body).toMatchObject({ handoffState: 'started' });
  await relay.complete('second', 'O-second', 'R1');
  await relay.depart('second');
  expect((await centre().post('/api/v1/passes/330782000002/revocation', { reason: 'zone_lifted' })).status).toBe(200);
  expect(await amend({ driverIds: ['R1'] })).toMatchObject(refused(409, 'PASS.ALREADY_REVOKED'));
  expect((await centre().post('/api/v1/passes/none/revocation', { reason: 'x' })).status).toBe(404);
});

test('two passes for one truck at once: one is issued', async () => {
  const both = await Promise.all([1, 2].map(() => centre().post('/api/v1/passes', passFor('G7', ['R1']))));
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409]);
  expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'PASS.ALREADY_ISSUED' });
});

test('where the policy asks for a pass, none starts without one', async () => {
  const policyId = 'cn-closure-2022';
  const { version } = await station
    .get(PublishPolicy)
    .execute(station.request('closure'), { areaCode: area, policyId });
  await station.database.rows('UPDATE station.zones SET policy_id = $1, policy_version = $2', [policyId, version]);
  await station.get(GrantCredential).execute(station.request('health'), {
    driverId: 'R3',
    credential: 'health_certificate',
    validFrom: station.clock.now() - hour,
    validUntil: station.clock.now() + 48 * hour,
    issuer: '330700',
  });
  const template = ['person', 'vehicle', 'pass', 'route', 'seal', 'credential', 'disinfection'];
  const checks = template.map((check) => ({ check, passed: true }));
  const { assigned, handoffId } = await accepted('closed', 'G3', 'R3', checks);
  expect(assigned).toMatchObject({ passBlock: 'PASS.MISSING' });
  expect(await start(handoffId, '2')).toMatchObject(refused(409, 'PASS.MISSING'));
  expect(await centre().post(`${requests}/${handoffId}/grant`, {})).toMatchObject(refused(400, 'PASS.ROUTE_NEEDED'));
  const grant = { countyCode: '330782', route: 'yiwu-port:enterprise-1' };
  expect((await centre().post(`${requests}/${handoffId}/grant`, grant)).status).toBe(200);
  expect((await start(handoffId, '2')).body).toMatchObject({ handoffState: 'started' });
  await relay.complete('closed', 'O-closed', 'R3');
  await relay.depart('closed');
  expect(await brokenRules(station)).toEqual({});
});

test('what is asked for wrongly is refused', async () => {
  const issue = (body: object) => centre().post('/api/v1/passes', body);
  expect((await issue(passFor('G9', ['R1'], { countyCode: '33078' }))).status).toBe(400);
  expect(await issue(passFor('G9', []))).toMatchObject(refused(400, 'PASS.FOR_NOBODY'));
  expect(await issue(passFor('G9', ['R1'], { validUntil: toIso(station.clock.now() - hour) }))).toMatchObject(
    refused(400, 'PASS.ENDS_BEFORE_START'),
  );
  expect((await centre('elsewhere').post('/api/v1/passes', passFor('G9', ['R1']))).status).toBe(403);
  expect((await operator().get('/api/v1/passes?plate=G1&state=issued')).body).toMatchObject({
    items: [{ plate: 'G1' }],
  });
  expect((await http.as({ role: 'operator', stations: [] }).get('/api/v1/passes')).body).toMatchObject({ items: [] });
});

test('a carrier sees the passes of its own trucks alone', async () => {
  await station.database.rows('UPDATE station.trucks SET carrier_id = $1 WHERE plate = $2', ['carrier-9', 'G1']);
  const of = (carrierId: string) => http.as({ role: 'carrier', carrierId });
  const { body } = (await centre().get('/api/v1/passes?plate=G1')) as unknown as {
    body: { items: { passId: string }[] };
  };
  const [own] = body.items.map(({ passId }) => passId);
  expect(await of('carrier-9').get('/api/v1/passes')).toMatchObject({ body: { items: body.items } });
  expect(await of('carrier-9').get(`/api/v1/passes/${own}`)).toMatchObject({ status: 200, body: { plate: 'G1' } });
  expect(await of('carrier-8').get('/api/v1/passes')).toMatchObject({ status: 200, body: { items: [] } });
  expect(await of('carrier-8').get(`/api/v1/passes/${own}`)).toMatchObject({ status: 404 });
});
