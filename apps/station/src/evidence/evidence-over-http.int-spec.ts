import { toIso } from '@yizhan/kernel';
import {
  carrier,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
} from '../../../../test/support/network.js';
import { Relay, signed } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { CreateAccount } from '../accounts/create-account.js';
import { SetSecret } from '../accounts/set-secret.js';
import { brokenRules } from '../../../../test/support/verified.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;
let trucks = 0;

const operator = (name: string, at = jindong): HttpCaller =>
  http.as({ role: 'operator', stations: [at], sub: `operator:${name}` });
const driver = (driverId: string) => http.as({ role: 'driver', driverId, sub: `driver:${driverId}`, isLink: true });
const ofCarrier = (carrierId: string) => http.as({ role: 'carrier', carrierId, sub: `carrier:${carrierId}` });
const sha256 = 'a'.repeat(64);
const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) as unknown });

interface Swap {
  readonly visit: string;
  readonly from: string;
  readonly to: string;
  readonly url: string;
}

/** A truck whose two drivers are assigned and have accepted. */
async function accepted(sealNumber?: string): Promise<Swap> {
  const number = (trucks += 1);
  const [visit, from, to] = [`visit ${number}`, `O${number}`, `R${number}`];
  await outsideDriver(station, from);
  await relayDriver(station, to);
  await relay.arrive(visit, `G${number}`, from);
  await relay.check(visit, undefined, sealNumber);
  await relay.assign(visit, to);
  await relay.accept(visit, to);
  return { visit, from, to, url: `/api/v1/handoffs/${await relay.handoffOf(visit)}` };
}

async function started(sealNumber?: string): Promise<Swap> {
  const swap = await accepted(sealNumber);
  await relay.start(swap.visit, '1');
  return swap;
}

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
});
afterEach(async () => {
  await station.database.rows(`UPDATE station.handoffs SET bay_code = 'x' || handoff_id WHERE state = 'started'`);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('three sign one by one, what is handed over comes as it comes, and the completion needs nothing more', async () => {
  const { visit, from, to, url } = await accepted('S1');
  const lin = operator('lin');
  const handoff = async () => (await lin.get(url)).body as Record<string, unknown>;
  expect(await handoff()).toMatchObject({ missingSignatures: ['offgoing', 'oncoming', 'witness'], signatures: [] });
  expect((await ofCarrier(carrier).post(`${url}/authorisation`, {})).status).toBe(200);
  await lin.post(`${url}/evidence`, { items: [{ code: 'keys', given: true }], photos: [{ stage: 'before', sha256 }] });
  expect((await lin.post(`${url}/start`, { bayCode: '1' })).body).toMatchObject({
    handoffState: 'started',
    allowedSteps: expect.arrayContaining(['record_evidence', 'sign', 'complete']) as unknown,
  });
  await lin.post(`${url}/evidence`, { odometerKm: 120_000, fuelPercent: 60, seal: { number: 'S1', intact: true } });
  expect((await driver(from).post(`${url}/signatures`, { role: 'offgoing' })).body).toMatchObject({
    signatures: [{ role: 'offgoing', personId: from, method: 'link' }],
    missingSignatures: ['oncoming', 'witness'],
  });
  await driver(to).post(`${url}/evidence`, { reservations: [{ code: 'scratch', noteHash: 'b'.repeat(64) }] });
  await driver(to).post(`${url}/signatures`, { role: 'oncoming' });
  expect(await lin.post(`${url}/completion`, {})).toEqual(refusedFully('HANDOFF.SIGNATURES'));
  expect((await lin.post(`${url}/signatures`, { role: 'witness' })).body).toMatchObject({ missingSignatures: [] });
  expect((await lin.post(`${url}/completion`, {})).body).toMatchObject({ handoffState: 'completed' });
  expect(await handoff()).toMatchObject({
    signatures: [
      { method: 'link' },
      { method: 'link' },
      { role: 'witness', personId: 'operator:lin', method: 'token' },
    ],
    missingSignatures: [],
    authorisation: { carrierId: carrier, by: `carrier:${carrier}` },
    evidence: {
      items: [{ code: 'keys', given: true }],
      odometerKm: 120_000,
      fuelPercent: 60,
      seal: { number: 'S1', intact: true },
      photos: [{ stage: 'before', sha256 }],
      reservations: [{ code: 'scratch' }],
    },
  });
  const completed = (await station.eventsOf('handoff.completed')).at(-1);
  expect(completed?.data).toMatchObject({ toDriverId: to, odometerKm: 120_000, reservations: [{ code: 'scratch' }] });
  await relay.depart(visit);
  expect(await brokenRules(station)).toEqual({});
});

const refusedFully = (code: string): unknown => expect.objectContaining(refused(400, code));

test('nobody says of another that he has signed', async () => {
  const { from, to, url } = await started();
  const lin = operator('lin');
  expect(await driver(to).post(`${url}/signatures`, { role: 'offgoing' })).toMatchObject(
    refused(400, 'HANDOFF.SIGNATURES'),
  );
  expect(await driver('R-elsewhere').post(`${url}/signatures`, { role: 'oncoming' })).toMatchObject(
    refused(403, 'IDENTITY.NOT_YOUR_HANDOFF'),
  );
  expect(await operator('chen', pujiang).post(`${url}/signatures`, { role: 'witness' })).toMatchObject(
    refused(403, 'IDENTITY.NOT_YOUR_STATION'),
  );
  const unproven = { role: 'oncoming', personId: to, method: 'pin' };
  expect(await lin.post(`${url}/signatures`, unproven)).toMatchObject(refused(400, 'SIGNATURE.NOT_PROVEN'));
  const asked = (change: object) => {
    const signatures = signed(from, to, station.clock.now()).map((signature) => ({
      ...signature,
      ...(signature.role === 'witness' ? { personId: 'operator:lin' } : change),
    }));
    return lin.post(`${url}/completion`, { signatures });
  };
  expect(await asked({ method: 'pin' })).toMatchObject(refused(400, 'SIGNATURE.NOT_PROVEN'));
  expect(await asked({ method: 'link' })).toMatchObject(refused(403, 'SIGNATURE.NOT_VERIFIED'));
  expect(
    await operator('chen').post(`${url}/completion`, { signatures: signed(from, to, station.clock.now()) }),
  ).toMatchObject(refused(403, 'SIGNATURE.WITNESS_IS_ANOTHER'));
  expect((await asked({ method: 'paper' })).body).toMatchObject({ handoffState: 'completed' });
});

test('a driver without a phone types his PIN on the operator’s tablet', async () => {
  const { from, to, url } = await started();
  const pins = { [from]: '481516', [to]: '234299' };
  for (const [driverId, secret] of Object.entries(pins)) {
    const account = { accountId: `driver:${driverId}`, role: 'driver' as const, driverId };
    await station.get(CreateAccount).execute(station.request(`account ${driverId}`), account);
    const input = { accountId: `driver:${driverId}`, kind: 'pin' as const, secret };
    await station.get(SetSecret).execute(station.request(`pin ${driverId}`), input);
  }
  const lin = operator('lin');
  const bySignature = { role: 'offgoing', personId: from, method: 'pin' };
  expect(await lin.post(`${url}/signatures`, { ...bySignature, pin: '999999' })).toMatchObject(
    refused(403, 'PIN.WRONG'),
  );
  expect((await lin.post(`${url}/signatures`, { ...bySignature, pin: pins[from] })).body).toMatchObject({
    signatures: [{ role: 'offgoing', personId: from, method: 'pin' }],
  });
  const signedAt = toIso(station.clock.now());
  const complete = (pin: string) =>
    lin.post(`${url}/completion`, {
      signatures: [
        { role: 'oncoming', personId: to, signedAt, method: 'pin', pin },
        { role: 'witness', personId: 'operator:lin', signedAt, method: 'token' },
      ],
    });
  expect(await complete('999999')).toMatchObject(refused(403, 'PIN.WRONG'));
  expect((await complete(pins[to])).body).toMatchObject({ handoffState: 'completed' });
  const completed = (await station.eventsOf('handoff.completed')).at(-1);
  expect(completed?.data.signatures.map(({ method }) => method)).toEqual(['pin', 'pin', 'token']);
  expect(JSON.stringify(completed)).not.toContain(pins[to]);
});

test('one signs once, however often he taps at once', async () => {
  const { to, url } = await started();
  const taps = await Promise.all([1, 2, 3, 4].map(() => driver(to).post(`${url}/signatures`, { role: 'oncoming' })));
  expect(taps.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409, 409]);
  expect((await operator('lin').get(url)).body).toMatchObject({ signatures: [{ role: 'oncoming', personId: to }] });
});

test('signatures that come at once are all kept', async () => {
  const { from, to, url } = await started();
  const answers = await Promise.all([
    driver(from).post(`${url}/signatures`, { role: 'offgoing' }),
    driver(to).post(`${url}/signatures`, { role: 'oncoming' }),
    operator('lin').post(`${url}/signatures`, { role: 'witness' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await operator('lin').get(url)).body).toMatchObject({ missingSignatures: [] });
});

test('two operators complete at once: one has witnessed it', async () => {
  const { from, to, url } = await started();
  await driver(from).post(`${url}/signatures`, { role: 'offgoing' });
  await driver(to).post(`${url}/signatures`, { role: 'oncoming' });
  const signedAt = toIso(station.clock.now());
  const completions = await Promise.all(
    ['lin', 'chen'].map((name) =>
      operator(name).post(`${url}/completion`, {
        signatures: [{ role: 'witness', personId: `operator:${name}`, signedAt, method: 'token' }],
      }),
    ),
  );
  expect(completions.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  const lost = completions.find(({ status }) => status === 409);
  expect(lost?.body).toMatchObject({ code: 'HANDOFF.ALREADY_COMPLETED', allowedSteps: expect.any(Array) as unknown });
});

test('a witness who has gone is relieved by who completes', async () => {
  const { from, to, url } = await started();
  await driver(from).post(`${url}/signatures`, { role: 'offgoing' });
  await driver(to).post(`${url}/signatures`, { role: 'oncoming' });
  await operator('lin').post(`${url}/signatures`, { role: 'witness' });
  expect(await operator('chen').post(`${url}/completion`, {})).toMatchObject(
    refused(403, 'SIGNATURE.WITNESS_IS_ANOTHER'),
  );
  await operator('chen').post(`${url}/signatures`, { role: 'witness' });
  expect((await operator('chen').post(`${url}/completion`, {})).body).toMatchObject({ handoffState: 'completed' });
});

test('what is signed can not be changed, nor what a driver may not say', async () => {
  const { from, to, url } = await started('S2');
  const lin = operator('lin');
  expect(await driver(to).post(`${url}/evidence`, { fuelPercent: 99 })).toMatchObject(
    refused(403, 'EVIDENCE.OF_THE_OPERATOR'),
  );
  expect(await lin.post(`${url}/evidence`, { seal: { number: 'S3', intact: true } })).toMatchObject(
    refused(409, 'SEAL.DIFFERS'),
  );
  await lin.post(`${url}/evidence`, { fuelPercent: 40 });
  await driver(from).post(`${url}/signatures`, { role: 'offgoing' });
  expect(await lin.post(`${url}/evidence`, { fuelPercent: 99 })).toMatchObject(refused(409, 'EVIDENCE.SIGNED'));
  expect((await lin.post(`${url}/evidence`, { items: [{ code: 'teapot', given: true }] })).status).toBe(400);
});

test('the carrier agrees before the start, or somebody says who has', async () => {
  const { url } = await accepted();
  const lin = operator('lin');
  expect(await ofCarrier('other').post(`${url}/authorisation`, {})).toMatchObject(
    refused(403, 'IDENTITY.NOT_YOUR_TRUCK'),
  );
  expect(await lin.post(`${url}/start`, { bayCode: '2' })).toMatchObject(refused(400, 'HANDOFF.NOT_AUTHORISED'));
  expect(await lin.post(`${url}/authorisation`, {})).toMatchObject(refused(400, 'HANDOFF.NOT_AUTHORISED'));
  expect((await lin.post(`${url}/authorisation`, { by: 'dispatcher-7' })).status).toBe(200);
  expect((await lin.post(`${url}/start`, { bayCode: '2' })).status).toBe(200);
  const event = (await station.eventsOf('handoff.started')).at(-1);
  expect(event?.data.authorisation).toMatchObject({ by: 'dispatcher-7', recordedById: 'operator:lin' });
  expect(await lin.post(`${url}/authorisation`, { by: 'late' })).toMatchObject({ status: 409 });
});
