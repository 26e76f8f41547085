import {
  area,
  carrier,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
} from '../../../../test/support/network.js';
import { authorisationAt, completionOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { CompleteHandoff } from '../handoffs/complete-handoff.js';
import { RecordSwap } from '../handoffs/record-swap.js';
import { StartHandoff } from '../handoffs/start-handoff.js';
import { RevokeConsent } from './revoke-consent.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;
let trucks = 0;
const operator = (): HttpCaller => http.as({ role: 'operator', stations: [jindong] });
const ofCarrier = (carrierId = carrier): HttpCaller =>
  http.as({ role: 'carrier', carrierId, sub: `carrier:${carrierId}` });
const refused = (status: number, code: string, more: object = {}) => ({
  status,
  body: expect.objectContaining({ code, ...more }) as unknown,
});
const consents = '/api/v1/consents';
const idIn = ({ body }: { body: unknown }): string => (body as { consentId: string }).consentId;

interface Swap {
  readonly plate: string;
  readonly from: string;
  readonly to: string;
  readonly handoffId: string;
}

/** A truck whose relay driver has accepted; nobody of the carrier has said a word of this handoff. */
async function accepted(): Promise<Swap> {
  const number = (trucks += 1);
  const [visit, plate, from, to] = [`visit ${number}`, `G${number}`, `O${number}`, `R${number}`];
  await outsideDriver(station, from);
  await relayDriver(station, to);
  await relay.arrive(visit, plate, from);
  await relay.ready(visit, to);
  return { plate, from, to, handoffId: await relay.handoffOf(visit) };
}

const start = ({ handoffId }: Swap, more: object = {}) =>
  operator().post(`/api/v1/handoffs/${handoffId}/start`, { bayCode: '1', ...more });
const give = (body: object, carrierId = carrier) => ofCarrier(carrierId).post(consents, { areaCode: area, ...body });
const revoke = (consentId: string, carrierId = carrier) =>
  ofCarrier(carrierId).post(`${consents}/${consentId}/revocation`, {});
const inForce = async () =>
  (
    (await ofCarrier().get(`${consents}?limit=200`)).body as unknown as {
      items: { consentId: string; inForce: boolean }[];
    }
  ).items
    .filter((each) => each.inForce)
    .map(({ consentId }) => consentId);

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
});
afterEach(async () => {
  for (const consentId of await inForce()) expect((await revoke(consentId)).status).toBe(200);
  await station.database.rows(`UPDATE station.handoffs SET bay_code = 'x' || handoff_id WHERE state = 'started'`);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test.each([
  ['all trucks of the carrier', () => ({ scope: 'standing' })],
  ['a lane', () => ({ scope: 'lane', flow: 'into_zone' })],
  ['a lane of the station', () => ({ scope: 'lane', flow: 'into_zone', stationCode: jindong })],
  ['the truck', ({ plate }: Swap) => ({ scope: 'truck', plate })],
])('a handoff starts with a consent for %s, and the record says with which', async (_, scope) => {
  const swap = await accepted();
  expect(await start(swap)).toMatchObject(refused(400, 'HANDOFF.NOT_AUTHORISED'));
  const answer = await give(scope(swap));
  expect(answer).toMatchObject({ status: 201, body: { carrierId: carrier, scope: scope(swap).scope } });
  const consentId = idIn(answer);
  const shown = async () => (await operator().get(`/api/v1/handoffs/${swap.handoffId}`)).body;
  expect(await shown()).toMatchObject({ consent: { consentId, by: `carrier:${carrier}` } });
  expect(await start(swap)).toMatchObject({ status: 200, body: { handoffState: 'started' } });
  const authorisation = { carrierId: carrier, by: `carrier:${carrier}`, consentId };
  expect((await station.eventsOf('handoff.started')).at(-1)?.data).toMatchObject({ authorisation });
  expect(await shown()).toMatchObject({ authorisation });
  expect(await shown()).not.toHaveProperty('consent');
});

test('what is said of the handoff itself goes before what was said beforehand', async () => {
  const swap = await accepted();
  await give({ scope: 'standing' });
  expect((await start(swap, { authorisation: authorisationAt(station.clock.now()) })).status).toBe(200);
  const started = (await station.eventsOf('handoff.started')).at(-1)?.data as { authorisation: object };
  expect(started.authorisation).toMatchObject({ by: 'dispatcher-1' });
  expect(started.authorisation).not.toHaveProperty('consentId');
});

test('a consent for another lane, truck or carrier covers nothing', async () => {
  const [swap, other] = [await accepted(), await accepted()];
  await give({ scope: 'truck', plate: other.plate });
  await give({ scope: 'lane', flow: 'out_of_zone' });
  await give({ scope: 'lane', flow: 'into_zone', stationCode: pujiang });
  const foreign = await give({ scope: 'standing' }, 'carrier-2');
  expect(foreign.status).toBe(201);
  expect(await start(swap)).toMatchObject(refused(400, 'HANDOFF.NOT_AUTHORISED'));
  expect((await revoke(idIn(foreign), 'carrier-2')).status).toBe(200);
});

test('one that is revoked or over covers nothing, and the refusal says so', async () => {
  const swap = await accepted();
  const revoked = idIn(await give({ scope: 'truck', plate: swap.plate }));
  await revoke(revoked);
  expect(await revoke(revoked)).toMatchObject(refused(409, 'CONSENT.REVOKED'));
  const { clock } = station;
  const validUntil = new Date(clock.now() + 60_000).toISOString();
  const ended = idIn(await give({ scope: 'lane', flow: 'into_zone', validUntil }));
  clock.moveTo(clock.now() + 60_000);
  const answer = await start(swap);
  expect(answer).toMatchObject(refused(400, 'HANDOFF.NOT_AUTHORISED'));
  const { lapsedConsents } = answer.body as unknown as { lapsedConsents: { consentId: string; why: string }[] };
  expect(lapsedConsents).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ consentId: revoked, why: 'revoked' }),
      expect.objectContaining({ consentId: ended, why: 'ended', since: validUntil }),
    ]),
  );
});

test('a revocation names the handoffs that have started and go on, and these complete', async () => {
  const swap = await accepted();
  const consentId = idIn(await give({ scope: 'standing' }));
  await start(swap);
  expect(await revoke(consentId)).toMatchObject({ status: 200, body: { consentId, underWay: [swap.handoffId] } });
  const { handoffId, from, to } = swap;
  const completion = { handoffId, ...completionOf(from, to, station.clock.now()) };
  const completed = station.get(CompleteHandoff).execute(station.request('completion'), completion);
  expect(await completed).toMatchObject({ handoffState: 'completed' });
});

test('of a revocation and a start that race one is before the other: what has started was covered', async () => {
  for (let round = 0; round < 8; round += 1) {
    const swap = await accepted();
    const consentId = idIn(await give({ scope: 'standing' }));
    const request = { ...station.request(`race ${round}`), at: undefined };
    const [started, revoked] = await Promise.allSettled([
      station.get(StartHandoff).execute(request, { handoffId: swap.handoffId, bayCode: '1' }),
      station.get(RevokeConsent).execute({ ...station.request(`revoke ${round}`), at: undefined }, { consentId }),
    ]);
    if (revoked.status === 'rejected') throw revoked.reason;
    const underWay = started.status === 'fulfilled' ? [swap.handoffId] : [];
    expect(revoked.value.underWay).toEqual(underWay);
    if (started.status === 'rejected') expect(started.reason).toMatchObject({ code: 'HANDOFF.NOT_AUTHORISED' });
    await station.database.rows(`UPDATE station.handoffs SET bay_code = 'x' || handoff_id WHERE state = 'started'`);
  }
  expect(await brokenRules(station)).not.toHaveProperty('7');
});

test('what a tablet logged offline is judged by the consents of its instant', async () => {
  const { clock } = station;
  const recorded = async (swap: Swap, at: number) => {
    const request = { ...station.request(`late ${swap.plate}`, at), late: { plate: swap.plate } };
    const logged = { handoffId: swap.handoffId, driverId: swap.to, bayCode: '1' };
    return station.get(RecordSwap).execute(request, { start: logged });
  };
  const [before, after] = [await accepted(), await accepted()];
  const consentId = idIn(await give({ scope: 'standing' }));
  clock.moveTo(clock.now() + 60_000);
  const covered = clock.now();
  clock.moveTo(covered + 60_000);
  await revoke(consentId);
  clock.moveTo(covered + 120_000);
  expect(await recorded(before, covered)).toMatchObject({ handoffState: 'started' });
  expect((await station.eventsOf('handoff.started')).at(-1)?.data).toMatchObject({ authorisation: { consentId } });
  await station.database.rows(`UPDATE station.handoffs SET bay_code = 'x' || handoff_id WHERE state = 'started'`);
  await expect(recorded(after, covered + 90_000)).rejects.toMatchObject({ code: 'HANDOFF.NOT_AUTHORISED' });
});

test('a carrier consents for its own trucks alone, and sees and revokes its own consents alone', async () => {
  const { plate } = await accepted();
  const another = 'carrier-2';
  for (const unknown of [plate, 'G999'])
    expect(await give({ scope: 'truck', plate: unknown }, another)).toMatchObject(refused(404, 'TRUCK.NOT_FOUND'));
  const consentId = idIn(await give({ scope: 'truck', plate }));
  expect(await revoke(consentId, another)).toMatchObject(refused(404, 'CONSENT.NOT_FOUND'));
  expect((await ofCarrier(another).get(`${consents}?plate=${plate}`)).body).toMatchObject({ items: [] });
  expect((await ofCarrier(another).get(`${consents}?carrierId=${carrier}`)).body).toMatchObject({
    items: expect.not.arrayContaining([expect.objectContaining({ carrierId: carrier })]) as unknown,
  });
  expect((await operator().post(consents, { scope: 'standing', areaCode: area })).status).toBe(403);
  expect((await ofCarrier().get(`${consents}?plate=${plate}`)).body).toMatchObject({
    items: [{ consentId, scope: 'truck', plate, byId: `carrier:${carrier}`, inForce: true }],
  });
});

test.each([
  [400, 'CONSENT.SCOPE', { scope: 'truck' }],
  [400, 'CONSENT.SCOPE', { scope: 'lane' }],
  [400, 'CONSENT.SCOPE', { scope: 'standing', flow: 'into_zone' }],
  [400, 'CONSENT.SCOPE', { scope: 'standing', stationCode: jindong }],
  [404, 'AREA.NOT_FOUND', { scope: 'standing', areaCode: 'nowhere' }],
  [404, 'STATION.NOT_FOUND', { scope: 'lane', flow: 'into_zone', stationCode: 'nowhere' }],
  [400, 'CONSENT.ENDS_BEFORE_START', { scope: 'standing', validUntil: '2020-01-01T00:00:00Z' }],
])('answers %i %s where what is asked makes no consent', async (status, code, body) => {
  expect(await give(body)).toMatchObject(refused(status, code));
});

test('the same consent is not given twice while it is in force', async () => {
  const consentId = idIn(await give({ scope: 'standing' }));
  expect(await give({ scope: 'standing' })).toMatchObject(refused(409, 'CONSENT.GIVEN_ALREADY', { consentId }));
  await revoke(consentId);
  expect((await give({ scope: 'standing' })).status).toBe(201);
});

test('who gave and revoked it is on record, and a reader of the log can check it all', async () => {
  const given = await station.eventsOf('consent.given');
  const revoked = await station.eventsOf('consent.revoked');
  expect(given.at(-1)).toMatchObject({ carrierid: carrier, data: { byId: `carrier:${carrier}`, areaCode: area } });
  expect(revoked.at(-1)).toMatchObject({ carrierid: carrier, data: { byId: `carrier:${carrier}` } });
  expect(await brokenRules(station)).not.toHaveProperty('7');
});
