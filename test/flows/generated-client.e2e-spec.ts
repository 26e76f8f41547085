import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, type HandoffResponse, ProblemError, type RegisterArrivalRequest, type Yizhan } from '@yizhan/client';
import { StartedProduct } from '../support/started-product.js';

jest.setTimeout(240_000);

const area = 'yiwu';
const zone = 'yiwu';
const jindong = 'jindong';
const pujiang = 'pujiang';
const carrierId = 'carrier-kuaiyun';
const enterpriseId = 'enterprise-01';
const plate = '浙G12345';
const pins = { O1: '271828', R1: '314159' };
const hour = 3_600_000;

let product: StartedProduct;
/** Whom a password or a PIN has let in. */
let administrator: Yizhan;
let centre: Yizhan;
let lead: Yizhan;
let secondLead: Yizhan;
let operator: Yizhan;
let carrier: Yizhan;
let enterprise: Yizhan;
let relayDriver: Yizhan;
let outsideDriver: Yizhan;

/** A request of its own: sent again with the same key it would be the same one. */
const once = () => ({ headers: { 'Idempotency-Key': randomUUID() } });
const fromNow = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();
const passwordOf = (accountId: string): string => `${accountId} has a password`;

beforeAll(async () => {
  product = await StartedProduct.with();
});
afterAll(() => product?.stop());

async function signIn(accountId: string, secret: { password: string } | { pin: string }): Promise<Yizhan> {
  const { token } = await connect(product.address).sessions.start({ body: { accountId, ...secret } });
  return connect(product.address, token);
}

async function employ(
  role: 'command_centre' | 'shift_lead' | 'operator' | 'carrier' | 'enterprise',
  accountId: string,
  scope: { stations?: string[]; areas?: string[]; carrierId?: string; enterpriseId?: string },
): Promise<Yizhan> {
  await administrator.accounts.create({ ...once(), body: { accountId, role, ...scope } });
  const password = passwordOf(accountId);
  await administrator.accounts.setPassword({ ...once(), path: { accountId }, body: { password } });
  return signIn(accountId, { password });
}

/** With a PIN that his shift lead has given him. */
async function employDriver(driverId: keyof typeof pins): Promise<Yizhan> {
  const accountId = `driver:${driverId}`;
  const pin = pins[driverId];
  await lead.accounts.create({ ...once(), body: { accountId, role: 'driver', driverId } });
  await lead.accounts.setPin({ ...once(), path: { accountId }, body: { pin } });
  return signIn(accountId, { pin });
}

/** His phone after he has scanned the code that the operator shows him: it is good for this handoff alone. */
async function phoneOf(driverId: string, handoffId: string): Promise<Yizhan> {
  const { token } = await operator.driverLinks.create({ ...once(), body: { driverId, handoffId } });
  return connect(product.address, token);
}

async function refusal(asked: Promise<unknown>): Promise<ProblemError['problem']> {
  const refused = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refused instanceof ProblemError) return refused.problem;
  throw new Error('it was not refused', { cause: refused });
}

/** What the services do among themselves takes them a moment. */
async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const given = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > given) throw new Error(`no ${what} after a minute`);
    await pause(100);
  }
}

const comingOf = (visitId: string, of = plate) => ({
  visitId,
  stationCode: jindong,
  zoneId: zone,
  flow: 'into_zone' as const,
  truck: { plate: of, plateColour: 'yellow' as const, licenceRequired: 'A2' as const },
  carrierId,
  consignments: [{ id: `parcel-${of.slice(2)}`, enterpriseId, category: 'parts', tonnes: 12.5 }],
});

const arrivalOf = (visitId: string, driverId: string, of = plate): RegisterArrivalRequest => ({
  ...comingOf(visitId, of),
  driverId,
});

async function check(visitId: string, sealNumber: string): Promise<string> {
  const { items } = await operator.visits.readCheckTemplate({ path: { visitId } });
  const checks = items.map((item) => ({ check: item.check, passed: true }));
  const { handoffId } = await operator.visits.check({ ...once(), path: { visitId }, body: { checks, sealNumber } });
  if (handoffId === undefined) throw new Error('the check has asked for no driver');
  return handoffId;
}

const handoffIs = (handoffId: string, state: HandoffResponse['state']): Promise<HandoffResponse> =>
  until(`handoff ${state}`, async () => {
    const handoff = await operator.handoffs.read({ path: { handoffId } });
    return handoff.state === state ? handoff : undefined;
  });

test('the running product describes itself as the document does of which the client is generated', async () => {
  const answer = await fetch(`${product.address}/api/openapi.json`);
  expect(await answer.json()).toEqual(JSON.parse(readFileSync(resolve(__dirname, '../../docs/openapi.json'), 'utf8')));
});

test('the first administrator claims the installation, and everybody gets an account', async () => {
  const [, token = ''] = String(product.claim).split('#token=');
  const accountId = 'administrator:first';
  const claimed = await connect(product.address).sessions.claim({
    body: { token, accountId, password: passwordOf(accountId) },
  });
  administrator = connect(product.address, claimed.token);
  expect(await administrator.caller.read()).toMatchObject({ accountId, role: 'administrator' });
  await administrator.areas.create({ ...once(), body: { areaCode: area, name: '义乌' } });
  centre = await employ('command_centre', 'command_centre:wen', { areas: [area] });
});

test('the command centre opens zone, stations, pool and enterprise with one act', async () => {
  const { version } = await centre.areas.publishPolicy({
    ...once(),
    path: { areaCode: area },
    body: { policyId: 'cn-freight' },
  });
  const path = { planId: 'yiwu-1' };
  await centre.plans.store({
    ...once(),
    body: {
      ...path,
      areaCode: area,
      template: {
        title: '义乌保供片区',
        zone: { zoneId: zone, level: 'sealed', countyCodes: ['330782'], policy: { id: 'cn-freight', version } },
        stations: [
          {
            stationCode: jindong,
            name: '金东中转站',
            countyCode: '330703',
            location: { latitude: 29.23, longitude: 119.87 },
            bays: ['B01', 'B02'],
          },
          {
            stationCode: pujiang,
            name: '浦江中转站',
            countyCode: '330726',
            location: { latitude: 29.44, longitude: 120.02 },
            bays: ['B01'],
          },
        ],
        pool: ['R1', 'R9'].map((driverId) => ({ driverId, licences: ['A2' as const], homeStationCode: jindong })),
        enterprises: [{ enterpriseId, name: '一厂' }],
        duties: [],
      },
    },
  });
  const { opened } = await centre.plans.activate({ ...once(), path, body: {} });
  expect(opened).toEqual({ zoneId: zone, stationCodes: [jindong, pujiang], enterpriseIds: [enterpriseId] });
  await centre.carriers.register({ ...once(), body: { carrierId, name: '快运' } });
  await centre.passes.issue({
    ...once(),
    body: { areaCode: area, countyCode: '330782', plate, route: `${jindong}:${enterpriseId}`, driverIds: ['R9'] },
  });
});

test('staff, carrier, enterprise and drivers sign in, each with a secret of his own', async () => {
  const stations = [jindong, pujiang];
  lead = await employ('shift_lead', 'shift_lead:zhao', { stations });
  secondLead = await employ('shift_lead', 'shift_lead:wang', { stations });
  operator = await employ('operator', 'operator:lin', { stations });
  carrier = await employ('carrier', 'carrier:kuaiyun', { carrierId });
  enterprise = await employ('enterprise', 'enterprise:one', { enterpriseId });
  await operator.drivers.enrol({
    ...once(),
    body: { driverId: 'O1', areaCode: area, insideZoneId: null, licences: ['A2'], carrierId },
  });
  relayDriver = await employDriver('R1');
  outsideDriver = await employDriver('O1');
  await lead.drivers.grantCredential({
    ...once(),
    path: { driverId: 'R1' },
    body: {
      credential: 'professional_qualification',
      validFrom: fromNow(-24 * hour),
      validUntil: fromNow(365 * 24 * hour),
      issuer: '330700',
    },
  });
  await operator.drivers.startShift({
    ...once(),
    path: { driverId: 'R1' },
    body: { stationCode: jindong, endsAt: fromNow(10 * hour) },
  });
  expect(await relayDriver.drivers.read({ path: { driverId: 'R1' } })).toMatchObject({ insideZoneId: zone });
});

test('an arrival that was typed for the wrong truck is taken back', async () => {
  const path = { visitId: randomUUID() };
  await operator.visits.arrive({ ...once(), body: arrivalOf(path.visitId, 'O1', '浙G54321') });
  const arrived = await until('arrival in the log', async () => {
    const history = await operator.visits.readHistory({ path });
    return history.find(({ type }) => type === 'yizhan.visit.arrived.v1');
  });
  await lead.corrections.retract({
    ...once(),
    body: { subjectKind: 'visit', subjectId: path.visitId, eventId: arrived.id, reason: 'did_not_occur' },
  });
  expect((await operator.visits.read({ path })).state).toBe('retracted');
  const [correction] = await until('correction in the log', async () => {
    const corrections = await operator.visits.listCorrections({ path });
    return corrections.length > 0 ? corrections : undefined;
  });
  expect(correction).toMatchObject({ eventId: arrived.id, reason: 'did_not_occur', byId: 'shift_lead:zhao' });
});

test('the truck goes in, with a hold that is lifted and three signatures', async () => {
  const path = { visitId: randomUUID() };
  await carrier.visits.announce({ ...once(), body: { ...comingOf(path.visitId), expectedAt: fromNow(0) } });
  await operator.visits.arrive({ ...once(), body: arrivalOf(path.visitId, 'O1') });
  const queued = await operator.visits.queue({ ...once(), path, body: { queue: 'inside' } });
  expect(queued.ticketNo).toEqual(expect.any(String));
  await operator.visits.call({ ...once(), path, body: { bayCode: 'B01' } });
  const handoff = { handoffId: await check(path.visitId, 'S1') };
  expect(await handoffIs(handoff.handoffId, 'assigned')).toMatchObject({ driverId: 'R1', assignedBy: 'scheduler' });
  await relayDriver.handoffs.accept({ ...once(), path: handoff, body: { driverId: 'R1' } });

  await carrier.handoffs.authorise({ ...once(), path: handoff, body: {} });
  const start = () => operator.handoffs.start({ ...once(), path: handoff, body: { bayCode: 'B01' } });
  expect(await refusal(start())).toMatchObject({ status: 409, code: 'PASS.NOT_COVERING' });
  await centre.passes.grantAmendment({ ...once(), path: handoff, body: {} });

  await centre.cargo.hold({ ...once(), path, body: { reasons: ['search'] } });
  expect(await refusal(start())).toMatchObject({ status: 409, code: 'CARGO.HELD' });
  const { holds } = await operator.visits.read({ path });
  expect(holds).toMatchObject([{ of: 'command_centre', byId: 'command_centre:wen', reasons: ['search'] }]);
  const [{ holdId }] = holds;
  await centre.cargo.liftHold({ ...once(), path: { ...path, holdId }, body: { reason: 'nothing_found' } });
  expect(await check(path.visitId, 'S1')).toBe(handoff.handoffId);

  await start();
  const photo = await operator.visits.addPhoto({ ...once(), path, body: new Blob([onePixel], { type: 'image/png' }) });
  await operator.handoffs.recordEvidence({
    ...once(),
    path: handoff,
    body: {
      odometerKm: 120_000,
      fuelPercent: 60,
      items: [{ code: 'keys', given: true }],
      seal: { number: 'S1', intact: true },
      photos: [{ stage: 'before', sha256: photo.sha256 }],
    },
  });
  const phone = await phoneOf('O1', handoff.handoffId);
  await phone.handoffs.sign({ ...once(), path: handoff, body: { role: 'offgoing' } });
  await operator.handoffs.sign({
    ...once(),
    path: handoff,
    body: { role: 'oncoming', personId: 'R1', method: 'pin', pin: pins.R1 },
  });
  const last = await operator.handoffs.sign({ ...once(), path: handoff, body: { role: 'witness' } });
  expect(last.signatures.map(({ role, personId, method }) => [role, personId, method])).toEqual([
    ['offgoing', 'O1', 'link'],
    ['oncoming', 'R1', 'pin'],
    ['witness', 'operator:lin', 'token'],
  ]);
  await operator.handoffs.complete({ ...once(), path: handoff, body: {} });
  const { releasedAt } = await operator.visits.read({ path });
  expect(releasedAt).toEqual(expect.any(String));
  const slip = await operator.slips.read({ path: handoff });
  expect(Buffer.from(await slip.arrayBuffer()).subarray(0, 5)).toEqual(Buffer.from('%PDF-'));
  await operator.visits.depart({ ...once(), path, body: { outcome: 'swapped' } });
});

test('the enterprise tells what happens inside', async () => {
  const { items } = await operator.runs.list({ query: { state: 'open' } });
  expect(items).toMatchObject([{ plate }]);
  const [{ runId }] = items;
  for (const step of ['reached', 'unloaded', 'loaded', 'left'] as const) {
    await enterprise.runs.recordStep({ ...once(), path: { runId }, body: { step, enterpriseId } });
  }
  await carrier.runs.planReturn({ ...once(), path: { runId }, body: { returnDriverId: 'O1', wait: 'station' } });
});

test('the truck comes out, to a driver whose credentials two shift leads override', async () => {
  const path = { visitId: randomUUID() };
  const arrival = { ...arrivalOf(path.visitId, 'R1'), flow: 'out_of_zone' as const, stationCode: pujiang };
  await operator.visits.arrive({ ...once(), body: arrival });
  const handoff = { handoffId: await check(path.visitId, 'S7') };

  const override = { rule: 'credentials', reason: 'renewal_under_way' } as const;
  const assign = () =>
    secondLead.handoffs.assign({ ...once(), path: handoff, body: { driverId: 'O1', overrides: [override] } });
  expect(await refusal(assign())).toMatchObject({ status: 403, code: 'OVERRIDE.NEEDS_SECOND_PERSON' });
  await lead.handoffs.approveOverride({ ...once(), path: handoff, body: { ...override, driverId: 'O1' } });
  await assign();
  await outsideDriver.handoffs.accept({ ...once(), path: handoff, body: { driverId: 'O1' } });
  const authorisation = { carrierId, by: 'dispatcher-07', at: fromNow(0) };
  await operator.handoffs.start({ ...once(), path: handoff, body: { bayCode: 'B01', authorisation } });
  await relayDriver.handoffs.sign({ ...once(), path: handoff, body: { role: 'offgoing' } });
  await outsideDriver.handoffs.sign({ ...once(), path: handoff, body: { role: 'oncoming' } });
  await operator.handoffs.sign({ ...once(), path: handoff, body: { role: 'witness' } });
  const seal = { number: 'S7', intact: true };
  await operator.handoffs.complete({ ...once(), path: handoff, body: { seal } });
  await operator.visits.depart({ ...once(), path, body: { outcome: 'swapped' } });
  expect((await carrier.visits.read({ path })).state).toBe('departed');
  expect((await operator.runs.list({ query: {} })).items).toMatchObject([{ plate, state: 'closed', how: 'returned' }]);
});

test('what a tablet has logged while it was offline is told in one go', async () => {
  const visitId = randomUUID();
  const time = fromNow(0);
  await pause(20);
  const later = fromNow(0);
  await pause(20);
  const { complete, results } = await operator.offlineRecords.upload({
    body: {
      tabletId: 'tablet-1',
      tabletTime: fromNow(0),
      records: [
        { requestId: 'tablet-1/1', kind: 'arrival', time, body: { ...arrivalOf(visitId, 'O1', '浙G22222') } },
        {
          requestId: 'tablet-1/2',
          kind: 'departure',
          time: later,
          id: visitId,
          body: { outcome: 'turned_away', reasons: ['no_test'] },
        },
      ],
    },
  });
  expect(results.map(({ requestId, status, problem }) => [requestId, status, problem])).toEqual([
    ['tablet-1/1', 'done', undefined],
    ['tablet-1/2', 'done', undefined],
  ]);
  expect(complete).toBe(true);
});

test('the log of it all, read by the same client and exported, keeps every rule', async () => {
  const events = await until('departure of the truck that was turned away', async () => {
    const page = await administrator.events.list({ query: { limit: 500 } });
    const departures = page.events.filter(({ type }) => type === 'yizhan.visit.departed.v1');
    return departures.length === 3 ? page.events : undefined;
  });
  const completed = events.filter(({ type }) => type === 'yizhan.handoff.completed.v1');
  expect(completed.map(({ data }) => (data['signatures'] as unknown[]).length)).toEqual([3, 3]);
  const types = new Set(events.map(({ type }) => type.slice('yizhan.'.length, -'.v1'.length)));
  expect([...types]).toEqual(
    expect.arrayContaining(['visit.announced', 'visit.called', 'cargo.held', 'cargo.hold_lifted', 'cargo.released']),
  );
  const { code, stdout, stderr } = await product.runBash(
    'set -eo pipefail; npx yizhan export | npx yizhan verify - --json',
  );
  expect([code, code === 0 ? '' : `${stdout}${stderr}`]).toEqual([0, '']);
  const report = JSON.parse(stdout) as { ok: boolean; events: number };
  expect(report.ok).toBe(true);
  expect(report.events).toBeGreaterThanOrEqual(events.length);
});

/** A PNG of one pixel. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
