import { jindong, openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { authorisationAt, idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { brokenRules } from '../../../../test/support/verified.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;
const operator = (): HttpCaller => http.as({ role: 'operator', stations: [jindong] });
const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) as unknown });

async function step(visit: string, what: string, body: object = {}) {
  station.clock.moveTo(station.clock.now() + 60_000);
  return operator().post(`/api/v1/visits/${idOf(visit)}/${what}`, body);
}
const call = (visit: string, bayCode: string) => step(visit, 'call', { bayCode });
const stepsOf = async (visit: string) =>
  ((await operator().get(`/api/v1/visits/${idOf(visit)}`)).body as unknown as { allowedSteps: string[] }).allowedSteps;

async function start(visit: string, bayCode: string) {
  const authorisation = authorisationAt(station.clock.now());
  return operator().post(`/api/v1/handoffs/${await relay.handoffOf(visit)}/start`, { bayCode, authorisation });
}

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
  for (const truck of ['1', '2', '3']) {
    await outsideDriver(station, `O${truck}`);
    await relayDriver(station, `R${truck}`);
    await relay.arrive(truck, `G${truck}`, `O${truck}`);
    await relay.ready(truck, `R${truck}`);
  }
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  expect(await brokenRules(station)).toEqual({});
  await http.close();
  await station.close();
});

test('a bay that was called for one truck is not another one’s until the call ends', async () => {
  for (const truck of ['1', '2']) await step(truck, 'queue', { queue: 'inside' });
  expect(await stepsOf('1')).not.toContain('end_call');
  expect((await call('1', '1')).body).toMatchObject({ allowedSteps: expect.arrayContaining(['end_call']) as unknown });
  expect(await call('2', '1')).toMatchObject({
    status: 409,
    body: { code: 'BAY.CALLED_FOR_ANOTHER', visitId: idOf('1') },
  });
  expect(await start('2', '1')).toMatchObject(refused(409, 'BAY.CALLED_FOR_ANOTHER'));
  expect((await call('1', '1')).status).toBe(200);
  expect((await step('1', 'call-end', { reason: 'no_show' })).status).toBe(200);
  expect(await step('1', 'call-end', { reason: 'no_show' })).toMatchObject(refused(409, 'VISIT.NOT_CALLED'));
  expect(await stepsOf('1')).not.toContain('end_call');
  const shown = async (visit: string) =>
    (await operator().get(`/api/v1/visits/${idOf(visit)}`)).body as unknown as { queuedAt: string };
  expect((await shown('1')).queuedAt > (await shown('2')).queuedAt).toBe(true);
  const [ended] = await station.eventsOf('visit.call_ended');
  expect(ended?.data).toMatchObject({ reason: 'no_show', bayCode: '1' });
  expect((await call('2', '1')).status).toBe(200);
});

test('the start answers the call, and a bay with a handoff in it is not called', async () => {
  expect((await start('2', '1')).body).toMatchObject({
    handoffState: 'started',
    allowedSteps: expect.not.arrayContaining(['call', 'end_call', 'queue']) as unknown,
  });
  expect(await call('3', '1')).toMatchObject(refused(409, 'BAY.OCCUPIED'));
  expect(await call('3', '9')).toMatchObject(refused(404, 'BAY.NOT_FOUND'));
  await relay.complete('2', 'O2', 'R2');
  expect((await call('3', '1')).status).toBe(200);
  expect((await step('3', 'call-end', { reason: 'withdrawn' })).status).toBe(200);
});

test('two trucks are called to one bay at once: one is', async () => {
  const calls = await Promise.all([call('1', '2'), call('3', '2')]);
  expect(calls.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  expect(calls.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'BAY.CALLED_FOR_ANOTHER' });
});

test('a truck that leaves frees the bay that it was called to', async () => {
  const [called, other] = (await stepsOf('1')).includes('end_call') ? ['1', '3'] : ['3', '1'];
  await relay.depart(called, { outcome: 'turned_away' });
  expect((await call(other, '2')).status).toBe(200);
});
