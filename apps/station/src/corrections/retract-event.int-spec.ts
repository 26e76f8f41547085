import { isEvent, type EventName } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { pictureOf } from '../../../../test/support/area-picture.js';
import { CorrectionsOverHttp } from '../../../../test/support/corrections-over-http.js';
import { area, enterprise, jindong, zone } from '../../../../test/support/network.js';
import { failed, idOf, passed } from '../../../../test/support/relay.js';

const minute = 60_000;

let at: CorrectionsOverHttp;

beforeEach(async () => {
  at = await CorrectionsOverHttp.open();
});
afterEach(() => at.close());

const inTurn =
  (...happenings: readonly (() => Promise<unknown>)[]) =>
  async (): Promise<void> => {
    for (const happening of happenings) await happening();
  };

/** What each event that is taken back leaves: the visit as it was before. */
const undone: [name: EventName, before: () => Promise<unknown>, happens: () => Promise<unknown>][] = [
  ['visit.queued', () => at.announce(), () => at.step('queue', { queue: 'outside' })],
  [
    'visit.called',
    inTurn(
      () => at.announce(),
      () => at.step('queue', { queue: 'outside' }),
    ),
    () => at.step('call'),
  ],
  ['visit.cancelled', () => at.announce(), () => at.step('cancellation', { reason: 'no_truck' })],
  ['visit.queued', () => at.relay.arrive('v', 'G1', 'O1'), () => at.step('queue', { queue: 'inside' })],
  ['visit.checked', () => at.relay.arrive('v', 'G1', 'O1'), () => at.relay.check('v', failed)],
  [
    'cargo.held',
    inTurn(
      () => at.relay.arrive('v', 'G1', 'O1'),
      () => at.relay.ready('v', 'R1'),
    ),
    () => at.step('holds', { reasons: ['papers'] }),
  ],
  ['cargo.held', () => at.relay.swap('v', 'G1', 'O1', 'R1'), () => at.step('holds', { reasons: ['papers'] })],
];

test.each(undone)('%s that did not occur: the visit is as it was before', async (name, before, happens) => {
  await before();
  const was = await at.visit();
  await happens();
  expect(await at.visit()).not.toMatchObject({ ...was, version: expect.any(Number) as unknown });
  expect(await at.retract(name)).toMatchObject({ status: 200 });
  expect(await at.visit()).toEqual({ ...was, version: expect.any(Number) as unknown });
  const exceptions = (await at.lead.get('/api/v1/exceptions?state=open')).body as unknown as { items: unknown[] };
  expect(exceptions.items).toEqual([]);
  expect(await at.corrections()).toEqual([
    expect.objectContaining({
      type: name,
      reason: 'did_not_occur',
      byId: 'shift_lead:test',
      correctedAt: toIso(at.running.clock.now()),
    }),
  ]);
});

test('an announcement that did not occur: there is no such visit any more', async () => {
  await at.announce();
  expect(await at.retract('visit.announced')).toMatchObject({ status: 200 });
  expect(await at.visit()).toMatchObject({ state: 'retracted', allowedSteps: [] });
});

test('a release that did not occur: the truck stays until it is released', async () => {
  await at.relay.swap('v', 'G1', 'O1', 'R1');
  expect(await at.retract('cargo.released')).toMatchObject({ status: 200 });
  expect(await at.step('departure', { outcome: 'swapped' })).toMatchObject({
    status: 409,
    body: { code: 'CARGO.NOT_RELEASED' },
  });
  await at.step('release');
  expect(await at.step('departure', { outcome: 'swapped' })).toMatchObject({ status: 200 });
});

test('the hold of a check that has failed is no reason to let the truck go; the check taken back too is', async () => {
  await at.relay.swap('v', 'G1', 'O1', 'R1');
  await at.relay.check('v', failed);
  expect(await at.retract('cargo.held')).toMatchObject({ status: 200 });
  expect(await at.visit()).toMatchObject({ checked: false, held: false });
  const refused = { status: 409, body: { code: 'CARGO.NOT_RELEASED' } };
  expect(await at.step('departure', { outcome: 'swapped' })).toMatchObject(refused);
  expect(await at.retract('visit.checked')).toMatchObject({ status: 200 });
  expect(await at.step('departure', { outcome: 'swapped' })).toMatchObject({ status: 200 });
});

test('a check that has recorded the seal stands: the seal is voided by a hold', async () => {
  await at.relay.arrive('v', 'G1', 'O1');
  await at.relay.ready('v', 'R1');
  await at.relay.check('v', passed, 'WRONG');
  expect(await at.retract('visit.checked')).toMatchObject({ status: 409, body: { code: 'RECORD.DEPENDED_ON' } });
  await at.relay.check('v', passed, 'WRONG');
  expect(await at.retract('visit.checked')).toMatchObject({ status: 200 });
  await at.step('holds', { reasons: ['seal_mismatch'] });
  expect(await at.step('checks', { checks: passed, sealNumber: 'RIGHT' })).toMatchObject({ status: 200 });
  expect((await at.lead.get('/api/v1/trucks/G1')).body).toMatchObject({ sealNumber: 'RIGHT' });
});

test.each(['driver.shift_started', 'driver.credential_granted'] as const)(
  '%s is not taken back after a swap that has relied on it',
  async (name) => {
    const { id: eventId } = (await at.running.eventsOf(name)).findLast(({ data }) => data.driverId === 'R1') ?? {};
    const asked = { subjectKind: 'driver', subjectId: 'R1', eventId: eventId ?? '' };
    await at.relay.arrive('v', 'G1', 'O1');
    await at.relay.ready('v', 'R1');
    await at.relay.start('v');
    await at.relay.complete('v', 'O1', 'R1');
    await at.relay.move('G1', { kind: 'driver', id: 'R1' }, { kind: 'station', id: jindong }, jindong, 'parked');
    await at.running.drain();
    const refused = { status: 409, body: { code: 'RECORD.DEPENDED_ON' } };
    expect(await at.takeBack(asked)).toMatchObject(refused);
  },
);

test('an arrival that did not occur, of a truck that was announced: it is expected again', async () => {
  await at.announce();
  await at.relay.arrive('v', 'G1', 'O1');
  await at.running.drain();
  expect(await at.retract('visit.arrived')).toMatchObject({ status: 200 });
  expect(await at.visit()).toMatchObject({ state: 'announced', allowedSteps: ['queue', 'call', 'arrive', 'cancel'] });
  expect(await at.visit()).not.toHaveProperty('arrivedAt');
  await at.relay.arrive('v', 'G1', 'O2');
  expect(await at.visit()).toMatchObject({ state: 'arrived' });
});

const dependedOn: [name: EventName, since: () => Promise<unknown>][] = [
  [
    'visit.announced',
    inTurn(
      () => at.announce(),
      () => at.step('queue', { queue: 'outside' }),
    ),
  ],
  [
    'visit.queued',
    inTurn(
      () => at.announce(),
      () => at.step('queue', { queue: 'outside' }),
      () => at.step('call'),
    ),
  ],
  [
    'visit.checked',
    inTurn(
      () => at.relay.arrive('v', 'G1', 'O1'),
      () => at.relay.check('v'),
    ),
  ],
  [
    'cargo.released',
    inTurn(
      () => at.relay.swap('v', 'G1', 'O1', 'R1'),
      () => at.relay.depart('v'),
    ),
  ],
  ['handoff.completed', () => at.relay.swap('v', 'G1', 'O1', 'R1')],
  [
    'visit.departed',
    inTurn(
      () => at.relay.arrive('v', 'G1', 'O1'),
      () => at.relay.depart('v', { outcome: 'turned_away' }),
    ),
  ],
  [
    'driver.shift_started',
    inTurn(
      () => at.relay.swap('v', 'G1', 'O1', 'R1'),
      () => at.relay.depart('v'),
    ),
  ],
  ['driver.enrolled', inTurn()],
  [
    'visit.checked',
    inTurn(
      () => at.relay.arrive('v', 'G1', 'O1'),
      () => at.relay.ready('v', 'R1'),
      () => at.step('holds', { reasons: ['papers'] }),
      () => at.relay.check('v'),
    ),
  ],
];

test.each(dependedOn)(
  '%s that something depends on is a fact: the refusal says what makes up for it',
  async (name, since) => {
    await since();
    expect(await at.retract(name)).toMatchObject({
      status: 409,
      body: { code: 'RECORD.DEPENDED_ON', otherwise: expect.any(String) as unknown },
    });
    expect(await at.running.eventsOf('record.retracted')).toEqual([]);
  },
);

test('a rest, a shift and a credential that were not: the driver is as he was, for the scheduler too', async () => {
  const from = at.running.clock.now();
  at.running.clock.moveTo(from + 60 * minute);
  const driver = async (): Promise<object> => (await at.lead.get('/api/v1/drivers/R2')).body;
  await at.lead.post('/api/v1/drivers', { driverId: 'R2', areaCode: area, insideZoneId: zone, licences: ['A2'] });
  const before = { ...(await driver()), version: expect.any(Number) as unknown, stationCode: jindong };
  await at.ask('drivers/R2/rests', { startedAt: toIso(from), endedAt: toIso(from + 30 * minute) });
  await at.ask('drivers/R2/shift-start', { stationCode: jindong, endsAt: toIso(from + 600 * minute) });
  await at.ask('drivers/R2/credentials', {
    credential: 'health_certificate',
    issuer: '330700',
    validFrom: toIso(from),
    validUntil: toIso(from + 600 * minute),
  });
  for (const name of ['driver.credential_granted', 'driver.shift_started', 'driver.rest_recorded'] as const) {
    expect([name, await at.retract(name)]).toEqual([name, expect.objectContaining({ status: 200 })]);
  }
  expect(await driver()).toEqual(before);
  const seen = pictureOf(await at.running.events()).drivers.get('R2');
  expect(seen).toMatchObject({ shift: undefined, credentials: [], activity: { driving: [], rests: [] } });
});

test('a step of a run that was not, while the run is open', async () => {
  await at.relay.swap('v', 'G1', 'O1', 'R1');
  await at.relay.depart('v', { runId: idOf('run') });
  await at.ask(`runs/${idOf('run')}/steps`, { step: 'reached', enterpriseId: enterprise });
  expect(await at.retract('run.reached')).toMatchObject({ status: 200 });
  expect(await at.retract('run.reached')).toMatchObject({ status: 409, body: { code: 'RECORD.ALREADY_CORRECTED' } });
  expect(await at.retract('run.opened')).toMatchObject({ status: 409, body: { code: 'RECORD.DEPENDED_ON' } });
});

test('a request that comes twice is carried out once', async () => {
  await at.announce();
  await at.step('queue', { queue: 'outside' });
  const { id: eventId } = await at.last('visit.queued');
  const asked = { subjectKind: 'visit', subjectId: idOf('v'), eventId, reason: 'did_not_occur' };
  const first = await at.lead.post('/api/v1/corrections/retractions', asked, 'once');
  const again = await at.lead.post('/api/v1/corrections/retractions', asked, 'once');
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body).toEqual(first.body);
  expect((await at.running.events()).filter((event) => isEvent(event, 'record.retracted'))).toHaveLength(1);
});
