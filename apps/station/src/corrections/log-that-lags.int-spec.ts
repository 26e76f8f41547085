import { toIso } from '@yizhan/kernel';
import { CorrectionsOverHttp } from '../../../../test/support/corrections-over-http.js';
import { enterprise, jindong } from '../../../../test/support/network.js';
import { idOf } from '../../../../test/support/relay.js';
import type { Answer } from '../../../../test/support/station-over-http.js';

const minute = 60_000;
const notLogged = { status: 409, body: { code: 'RECORD.NOT_LOGGED', retryAfterSeconds: 1 } };
const correctedBefore = { status: 409, body: { code: 'RECORD.ALREADY_CORRECTED' } };
const dependedOn = { status: 409, body: { code: 'RECORD.DEPENDED_ON' } };

let at: CorrectionsOverHttp;

beforeEach(async () => {
  at = await CorrectionsOverHttp.open();
});
afterEach(() => at.close());

/** Asked before and after what is on its way has come to the log. */
async function askedTwice(ask: () => Promise<Answer>): Promise<Answer[]> {
  const first = await ask();
  await at.running.drain();
  return [first, await ask()];
}

test('an announcement is not taken back where the truck has arrived since', async () => {
  await at.announce();
  const announced = await at.named('visit.announced');
  await at.relay.arrive('v', 'G1', 'O1');
  expect(await askedTwice(() => at.takeBack(announced))).toMatchObject([notLogged, dependedOn]);
  expect(await at.visit()).toMatchObject({ state: 'arrived' });
  expect(await at.running.eventsOf('record.retracted')).toEqual([]);
});

test('a check is not taken back where the truck has left since', async () => {
  await at.relay.swap('v', 'G1', 'O1', 'R1');
  await at.relay.check('v');
  const checked = await at.named('visit.checked');
  await at.relay.depart('v');
  expect(await askedTwice(() => at.takeBack(checked))).toMatchObject([notLogged, dependedOn]);
});

test('an event is corrected once: the first correction stands', async () => {
  await at.relay.arrive('v', 'G1', 'O1');
  const arrived = await at.named('visit.arrived');
  expect(await at.putRight(arrived, { priority: 5 })).toMatchObject({ status: 200 });
  const dueAt = toIso(at.running.clock.now() + 60 * minute);
  expect(await askedTwice(() => at.putRight(arrived, { dueAt }))).toMatchObject([notLogged, correctedBefore]);
  expect(await at.visit()).toMatchObject({ priority: 5 });
  expect(await at.visit()).not.toHaveProperty('dueAt');
});

test('an arrival that is being corrected is known to have occurred', async () => {
  await at.relay.arrive('v', 'G1', 'O1');
  const arrived = await at.named('visit.arrived');
  await at.putRight(arrived, { priority: 5 });
  expect(await askedTwice(() => at.takeBack(arrived))).toMatchObject([
    { status: 409, body: { code: 'VISIT.ARRIVAL_NOT_LOGGED' } },
    { status: 409, body: { code: 'VISIT.WENT_ON' } },
  ]);
});

const once: [what: string, happens: () => Promise<unknown>, name: Parameters<CorrectionsOverHttp['named']>[0]][] = [
  [
    'a cancellation',
    async () => {
      await at.announce();
      await at.step('cancellation', { reason: 'no_truck' });
    },
    'visit.cancelled',
  ],
  [
    'a step of a run',
    async () => {
      await at.relay.swap('v', 'G1', 'O1', 'R1');
      await at.relay.depart('v', { runId: idOf('run') });
      await at.ask(`runs/${idOf('run')}/steps`, { step: 'reached', enterpriseId: enterprise });
    },
    'run.reached',
  ],
  [
    'a rest',
    () => {
      const [startedAt, endedAt] = [0, minute].map((after) => toIso(at.running.clock.now() + after));
      return at.ask('drivers/R1/rests', { startedAt, endedAt });
    },
    'driver.rest_recorded',
  ],
];

test.each(once)('%s is taken back once', async (_what, happens, name) => {
  await happens();
  const event = await at.named(name);
  expect(await at.takeBack(event)).toMatchObject({ status: 200 });
  expect(await askedTwice(() => at.takeBack(event))).toMatchObject([notLogged, correctedBefore]);
  expect(await at.running.eventsOf('record.retracted')).toHaveLength(1);
});

test('a move of custody is put right once', async () => {
  await at.relay.arrive('v', 'G1', 'O1');
  await at.relay.move('G1', { kind: 'driver', id: 'O1' }, { kind: 'station', id: jindong }, jindong, 'driver_il');
  const moved = await at.named('custody.moved');
  expect(await at.putRight(moved, { reason: 'driver_ill' })).toMatchObject({ status: 200 });
  expect(await askedTwice(() => at.putRight(moved, { reason: 'other' }))).toMatchObject([notLogged, correctedBefore]);
});

test('a shift that did not begin is not taken for the next one', async () => {
  const started = await at.named('driver.shift_started');
  await at.ask('drivers/R1/shift-end');
  await at.ask('drivers/R1/shift-start', { stationCode: jindong, endsAt: toIso(at.running.clock.now() + 60 * minute) });
  expect(await askedTwice(() => at.takeBack(started))).toMatchObject([notLogged, dependedOn]);
  expect((await at.lead.get('/api/v1/drivers/R1')).body).toMatchObject({ shift: { stationCode: jindong } });
});

describe('a credential that was granted again', () => {
  const granted = (issuer: string) =>
    at.ask('drivers/R1/credentials', {
      credential: 'health_certificate',
      issuer,
      validFrom: toIso(at.running.clock.now() - (at.running.clock.now() % (600 * minute))),
      validUntil: toIso(at.running.clock.now() + 600 * minute),
    });
  const issuers = () =>
    at.running.database.rows(
      `SELECT issuer FROM station.credentials WHERE driver_id = 'R1' AND credential = 'health_certificate'`,
    );

  test('is not taken back with the first grant', async () => {
    await granted('330700');
    const first = await at.named('driver.credential_granted');
    await granted('330701');
    expect(await askedTwice(() => at.takeBack(first))).toMatchObject([notLogged, dependedOn]);
    expect(await issuers()).toEqual([{ issuer: '330701' }]);
  });

  test('keeps its issuer where that of the first grant is put right', async () => {
    await granted('330700');
    const first = await at.named('driver.credential_granted');
    await granted('330701');
    expect(await askedTwice(() => at.putRight(first, { issuer: '330702' }))).toMatchObject([
      notLogged,
      { status: 200 },
    ]);
    expect(await issuers()).toEqual([{ issuer: '330701' }]);
  });
});
