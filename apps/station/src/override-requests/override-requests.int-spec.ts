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
const minutes = (count: number) => count * 60_000;

async function waiting(sealNumber?: string) {
  const number = (trucks += 1);
  const [visit, from, to] = [`visit ${number}`, `O${number}`, `R${number}`];
  await outsideDriver(station, from);
  await relayDriver(station, to);
  await relay.arrive(visit, `G${number}`, from);
  await relay.check(visit, undefined, sealNumber);
  return { visit, from, to, url: `/api/v1/handoffs/${await relay.handoffOf(visit)}` };
}

async function withoutQualification() {
  const made = await waiting();
  const recalled = { driverId: made.to, credential: 'professional_qualification', reason: 'expired' };
  await station.get(RecallCredential).execute(station.request(`recall ${made.to}`), recalled);
  return made;
}

interface Asked {
  readonly overrideRequestId: string;
  readonly state: string;
  readonly plate: string;
}

const said = <Body>({ body }: { readonly body: unknown }): Body => body as Body;

/** What is asked for the truck that came last. */
const onBoard = async (): Promise<readonly Asked[]> => {
  const board = await lin().get(`/api/v1/stations/${jindong}/board`);
  const { overrideRequests } = said<{ overrideRequests: readonly Asked[] }>(board);
  return overrideRequests.filter(({ plate }) => plate === `G${trucks}`);
};

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

test('an operator asks, another person approves with one request, and the operator makes the override once', async () => {
  const { to, url } = await withoutQualification();
  const asked = { rule: 'credentials', reason: 'no_other_driver', driverId: to };
  const assign = (who: HttpCaller) =>
    who.post(`${url}/assignment`, { driverId: to, overrides: [{ rule: 'credentials', reason: 'no_other_driver' }] });
  expect(await assign(lin())).toMatchObject(refused(403, 'OVERRIDE.NEEDS_SECOND_PERSON'));
  const made = await lin().post(`${url}/override-requests`, asked);
  expect(made).toMatchObject({
    status: 201,
    body: { state: 'open', byId: 'operator:test', rule: 'credentials', driverId: to },
  });
  const { overrideRequestId } = said<Asked>(made);
  expect(await onBoard()).toMatchObject([{ overrideRequestId, state: 'open', plate: 'G1' }]);
  expect(await lead('wang').post(`${url}/override-requests`, asked)).toMatchObject(
    refused(409, 'OVERRIDE.ALREADY_ASKED'),
  );
  const answer = (who: HttpCaller, what = 'approval') =>
    who.post(`${url}/override-requests/${overrideRequestId}/${what}`);
  expect((await answer(lin())).status).toBe(403);
  expect(await answer(lead('zhao', pujiang))).toMatchObject(refused(403, 'IDENTITY.NOT_YOUR_STATION'));
  expect(await assign(lin())).toMatchObject(refused(403, 'OVERRIDE.NEEDS_SECOND_PERSON'));
  expect((await answer(lead('zhao'))).body).toMatchObject({ state: 'approved', decidedById: 'shift_lead:zhao' });
  expect(await answer(lead('wang'), 'refusal')).toMatchObject(refused(409, 'OVERRIDE.NOT_OPEN'));
  expect((await assign(lin())).body).toMatchObject({ handoffState: 'assigned' });
  expect((await station.eventsOf('handoff.assigned')).at(-1)?.data.overrides).toEqual([
    { rule: 'credentials', reason: 'no_other_driver', byId: 'operator:test', secondId: 'shift_lead:zhao' },
  ]);
  // It was for one use.
  await lead('wang').post(`${url}/withdrawal`);
  expect(await onBoard()).toEqual([]);
  expect(await assign(lin())).toMatchObject(refused(403, 'OVERRIDE.NEEDS_SECOND_PERSON'));
});

test('nobody decides what he has asked for himself, also a shift lead', async () => {
  const { to, url } = await withoutQualification();
  const asked = { rule: 'credentials', reason: 'no_other_driver', driverId: to };
  const { overrideRequestId } = said<Asked>(await lead('wang').post(`${url}/override-requests`, asked));
  const answer = (who: HttpCaller, what: string) => who.post(`${url}/override-requests/${overrideRequestId}/${what}`);
  for (const what of ['approval', 'refusal'])
    expect(await answer(lead('wang'), what)).toMatchObject(refused(409, 'OVERRIDE.OWN_REQUEST'));
  const key = http.as({ role: 'shift_lead', stations: [jindong], sub: 'system:wms-7' });
  expect(await answer(key, 'approval')).toMatchObject(refused(403, 'OVERRIDE.NEEDS_PERSON'));
  const approval = { rule: 'credentials', reason: 'no_other_driver', driverId: to };
  expect(await key.post(`${url}/override-approvals`, approval)).toMatchObject(refused(403, 'OVERRIDE.NEEDS_PERSON'));
  expect((await answer(lead('zhao'), 'refusal')).body).toMatchObject({ state: 'refused' });
  expect(await onBoard()).toMatchObject([{ overrideRequestId, state: 'refused' }]);
  // A refusal is no end: it may be asked again.
  expect((await lead('wang').post(`${url}/override-requests`, asked)).status).toBe(201);
});

test('a request ends by itself after a quarter of an hour, and an approval as long after it was given', async () => {
  const { to, url } = await withoutQualification();
  const asked = { rule: 'credentials', reason: 'no_other_driver', driverId: to };
  const ask = async () => said<Asked>(await lin().post(`${url}/override-requests`, asked)).overrideRequestId;
  const approve = (id: string) => lead('zhao').post(`${url}/override-requests/${id}/approval`);
  const first = await ask();
  station.clock.moveTo(station.clock.now() + minutes(15));
  expect(await approve(first)).toMatchObject(refused(409, 'OVERRIDE.NOT_OPEN'));
  expect(await onBoard()).toEqual([]);
  const second = await ask();
  expect((await approve(second)).status).toBe(200);
  station.clock.moveTo(station.clock.now() + minutes(15));
  expect(await onBoard()).toEqual([]);
  const late = await lin().post(`${url}/assignment`, {
    driverId: to,
    overrides: [{ rule: 'credentials', reason: 'no_other_driver' }],
  });
  expect(late).toMatchObject(refused(403, 'OVERRIDE.NEEDS_SECOND_PERSON'));
});

test('only what would help is asked for', async () => {
  const { to, url } = await waiting();
  const ask = (body: object) => lin().post(`${url}/override-requests`, { reason: 'no_other_driver', ...body });
  expect(await ask({ rule: 'credentials', driverId: to })).toMatchObject(refused(409, 'OVERRIDE.NOT_NEEDED'));
  expect(await ask({ rule: 'credentials' })).toMatchObject(refused(400, 'OVERRIDE.FOR_WHOM'));
  expect(await ask({ rule: 'seal' })).toMatchObject(refused(400, 'OVERRIDE.WHICH_SEAL'));
  expect(await ask({ rule: 'seal', driverId: to })).toMatchObject(refused(400, 'OVERRIDE.FOR_WHOM'));
  // Also what the policy leaves to one person: he has to be a lead.
  const alone = { driverId: to, overrides: [{ rule: 'hours', reason: 'no_other_driver' }] };
  expect(await lin().post(`${url}/assignment`, alone)).toMatchObject(refused(403, 'OVERRIDE.NEEDS_SECOND_PERSON'));
  await outsideDriver(station, 'O-other');
  expect(await ask({ rule: 'credentials', driverId: 'O-other' })).toMatchObject(refused(409, 'DRIVER.NOT_ELIGIBLE'));
  const unknown = await lead('zhao').post(`${url}/override-requests/01900000-0000-7000-8000-000000000000/approval`);
  expect(unknown).toMatchObject(refused(404, 'OVERRIDE.NOT_FOUND'));
});

test('who is shown a seal approves that one and no other', async () => {
  const { visit, from, to, url } = await waiting('S1');
  await relay.assign(visit, to);
  await relay.accept(visit, to);
  await relay.start(visit);
  const seal = { number: 'S2', intact: true };
  const ask = (seen: object) =>
    lin().post(`${url}/override-requests`, { rule: 'seal', reason: 'customs_resealed', seal: seen });
  expect(await ask({ number: 'S1', intact: true })).toMatchObject(refused(409, 'OVERRIDE.NOT_NEEDED'));
  // What was typed wrongly keeps nobody from asking for what is there.
  const mistyped = { number: 'S3', intact: true };
  expect((await ask(mistyped)).status).toBe(201);
  const { overrideRequestId } = said<Asked>(await ask(seal));
  expect(await ask(seal)).toMatchObject(refused(409, 'OVERRIDE.ALREADY_ASKED'));
  expect(await onBoard()).toMatchObject([{ seal: mistyped }, { overrideRequestId, seal, recordedSeal: 'S1' }]);
  await lead('wang').post(`${url}/override-requests/${overrideRequestId}/approval`);
  const complete = (seen: object) =>
    lin().post(`${url}/completion`, {
      signatures: signed(from, to, station.clock.now()),
      seal: seen,
      overrides: [{ rule: 'seal', reason: 'customs_resealed' }],
    });
  expect(await complete({ number: 'S3', intact: true })).toMatchObject(refused(403, 'OVERRIDE.NEEDS_SECOND_PERSON'));
  expect((await complete(seal)).body).toMatchObject({ handoffState: 'completed' });
});

test('the log says who asked, who decided and until when, and keeps every rule', async () => {
  const asked = await station.eventsOf('handoff.override_requested');
  const approved = await station.eventsOf('handoff.override_approved');
  const refusals = await station.eventsOf('handoff.override_refused');
  expect([asked, approved, refusals].map(({ length }) => length)).toEqual([7, 3, 1]);
  // No carrier is told of drivers who may never have to do with its truck.
  expect([...asked, ...approved, ...refusals].filter(({ carrierid }) => carrierid !== undefined)).toEqual([]);
  expect((await station.eventsOf('handoff.assigned')).filter(({ carrierid }) => carrierid === undefined)).toEqual([]);
  expect(asked.at(-1)?.data).toMatchObject({ byId: 'operator:test', rule: 'seal', seal: { number: 'S2' } });
  // No scheduler is here to say why the others wait.
  expect(Object.keys(await brokenRules(station))).toEqual(['9']);
});
