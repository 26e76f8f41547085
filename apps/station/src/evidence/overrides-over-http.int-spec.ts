import { jindong, openNetwork, outsideDriver, pujiang, relayDriver } from '../../../../test/support/network.js';
import { Relay, signed } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { RecallCredential } from '../recalls/recall-credential.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;
let trucks = 0;

const lead = (name: string, at = jindong): HttpCaller =>
  http.as({ role: 'shift_lead', stations: [at], sub: `shift_lead:${name}` });
const lin = (): HttpCaller => http.as({ role: 'operator', stations: [jindong], sub: 'operator:test' });
const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) as unknown });

async function waiting(sealNumber?: string) {
  const number = (trucks += 1);
  const [visit, from, to] = [`visit ${number}`, `O${number}`, `R${number}`];
  await outsideDriver(station, from);
  await relayDriver(station, to);
  await relay.arrive(visit, `G${number}`, from);
  await relay.check(visit, undefined, sealNumber);
  return { visit, from, to, url: `/api/v1/handoffs/${await relay.handoffOf(visit)}` };
}

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('a credential is overridden by two shift leads of the station, for one driver and not for long', async () => {
  const { to, url } = await waiting();
  const credential = 'professional_qualification';
  await station
    .get(RecallCredential)
    .execute(station.request('recall'), { driverId: to, credential, reason: 'expired' });
  const assign = (who: HttpCaller, secondId?: string) =>
    who.post(`${url}/assignment`, {
      driverId: to,
      overrides: [{ rule: 'credentials', reason: 'emergency', ...(secondId && { secondId }) }],
    });
  const approve = (who: HttpCaller, body: object = {}) =>
    who.post(`${url}/override-approvals`, { rule: 'credentials', reason: 'emergency', driverId: to, ...body });
  const lone = refused(403, 'OVERRIDE.NEEDS_SECOND_PERSON');
  expect(await assign(lead('wang'))).toMatchObject(lone);
  expect((await approve(lead('wang'))).status).toBe(200);
  expect(await assign(lead('wang'))).toMatchObject(lone);
  expect((await approve(lin())).status).toBe(403);
  expect(await approve(lead('zhao', pujiang))).toMatchObject(refused(403, 'IDENTITY.NOT_YOUR_STATION'));
  expect(await approve(lead('zhao'), { driverId: undefined })).toMatchObject(refused(400, 'OVERRIDE.FOR_WHOM'));
  expect((await approve(lead('zhao'), { driverId: 'R-other' })).status).toBe(200);
  expect(await assign(lead('wang'))).toMatchObject(lone);
  expect((await approve(lead('zhao'))).body).toMatchObject({ rule: 'credentials', approvedById: 'shift_lead:zhao' });
  station.clock.moveTo(station.clock.now() + 15 * 60_000);
  expect(await assign(lead('wang'))).toMatchObject(lone);
  await approve(lead('zhao'));
  expect(await assign(lead('wang'), 'shift_lead:other')).toMatchObject(lone);
  expect((await assign(lead('wang'))).body).toMatchObject({ handoffState: 'assigned' });
  const assigned = (await station.eventsOf('handoff.assigned')).at(-1);
  expect(assigned?.data.overrides).toEqual([
    { rule: 'credentials', reason: 'emergency', byId: 'shift_lead:wang', secondId: 'shift_lead:zhao' },
  ]);
  // What follows from the recall does not take back what was overridden after it.
  expect((await lead('wang').post(`${url}/withdrawal`)).status).toBe(200);
  expect(await assign(lead('wang'))).toMatchObject(lone);
});

test('another seal is taken in the bay once a shift lead has agreed, and is the recorded one from then on', async () => {
  const { visit, from, to, url } = await waiting('S1');
  await relay.assign(visit, to);
  await relay.accept(visit, to);
  await relay.start(visit);
  const complete = (overrides?: object[]) =>
    lin().post(`${url}/completion`, {
      signatures: signed(from, to, station.clock.now()),
      seal: { number: 'S2', intact: true },
      ...(overrides && { overrides }),
    });
  const override = [{ rule: 'seal', reason: 'customs_resealed' }];
  expect(await complete()).toMatchObject(refused(409, 'SEAL.DIFFERS'));
  expect(await complete(override)).toMatchObject(refused(403, 'OVERRIDE.NEEDS_SECOND_PERSON'));
  await lead('wang').post(`${url}/override-approvals`, { rule: 'seal', reason: 'customs_resealed' });
  expect((await complete(override)).body).toMatchObject({ handoffState: 'completed' });
  const completed = (await station.eventsOf('handoff.completed')).at(-1);
  expect(completed?.data).toMatchObject({
    seal: { number: 'S2' },
    overrides: [{ rule: 'seal', byId: 'operator:test', secondId: 'shift_lead:wang' }],
  });
  const truck = await station.database.rows('SELECT seal_number FROM station.trucks WHERE custodian_id = $1', [to]);
  expect(truck).toEqual([{ seal_number: 'S2' }]);
});

test('an override that is kept with the evidence stands until the completion', async () => {
  const { visit, from, to, url } = await waiting('S5');
  await relay.assign(visit, to);
  await relay.accept(visit, to);
  await relay.start(visit, '2');
  await lead('wang').post(`${url}/override-approvals`, { rule: 'seal', reason: 'torn' });
  const seal = { number: 'S5', intact: false };
  const overrides = [{ rule: 'seal', reason: 'torn' }];
  expect(await lin().post(`${url}/evidence`, { seal })).toMatchObject(refused(409, 'SEAL.BROKEN'));
  expect((await lin().post(`${url}/evidence`, { seal, overrides })).status).toBe(200);
  const signatures = signed(from, to, station.clock.now());
  expect((await lin().post(`${url}/completion`, { signatures })).body).toMatchObject({ handoffState: 'completed' });
  const completed = (await station.eventsOf('handoff.completed')).at(-1);
  expect(completed?.data.overrides).toMatchObject([{ rule: 'seal', secondId: 'shift_lead:wang' }]);
});

test('side, licence and custody are never overridden, and the log keeps every rule', async () => {
  const { url } = await waiting();
  for (const rule of ['side', 'licence', 'custody']) {
    expect((await lead('wang').post(`${url}/override-approvals`, { rule, reason: 'x' })).status).toBe(400);
  }
  // No scheduler is here to say why the last one waits.
  expect(Object.keys(await brokenRules(station))).toEqual(['9']);
});
