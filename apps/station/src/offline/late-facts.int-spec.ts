import { toIso } from '@yizhan/kernel';
import { jindong, openNetwork, outsideDriver, relayDriver, zone } from '../../../../test/support/network.js';
import { arrivalOf, authorisationAt, completionOf, idOf, passed, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, type StationOverHttp, stationOverHttp } from '../../../../test/support/station-over-http.js';
import { Tablet } from '../../../../test/support/tablet.js';
import { brokenRules } from '../../../../test/support/verified.js';

const minute = 60_000;

let running: RunningStation;
let http: StationOverHttp;
let operator: HttpCaller;
let relay: Relay;

const now = () => running.clock.now();
const pass = (minutes: number) => running.clock.moveTo(now() + minutes * minute);
const tabletOf = (as = operator) => new Tablet({ running, operator: as }, 't');
const visit = async (name = 'v') => (await operator.get(`/api/v1/visits/${idOf(name)}`)).body;

beforeEach(async () => {
  running = await startStation();
  await openNetwork(running);
  await Promise.all(['O1', 'O2', 'O3'].map((driverId) => outsideDriver(running, driverId)));
  await Promise.all(['R1', 'R2'].map((driverId) => relayDriver(running, driverId, { hours: 12 })));
  http = await stationOverHttp(running);
  operator = http.as({ role: 'operator', stations: [jindong] });
  relay = new Relay(running);
});

afterEach(async () => {
  await http.close();
  const broken = await brokenRules(running);
  await running.close();
  expect(http.faults).toEqual([]);
  expect(broken).toEqual({});
});

/** @returns the handoff. */
async function ready(name: string, plate: string, from: string, to: string): Promise<string> {
  await relay.arrive(name, plate, from);
  await relay.ready(name, to);
  return relay.handoffOf(name);
}

describe('a driver', () => {
  test('who has had another truck since does not get one before it', async () => {
    const early = now();
    pass(30);
    await relay.arrive('w', 'G2', 'O2');
    const arrivedAt = now();
    await relay.depart('w', { outcome: 'turned_away' });
    const departedAt = now();
    const tablet = tabletOf();
    tablet.log('arrival', early, undefined, arrivalOf('v', 'G1', 'O2', 'into_zone', jindong));
    tablet.log('arrival', arrivedAt + 1, undefined, arrivalOf('v', 'G1', 'O2', 'into_zone', jindong));
    tablet.log('arrival', departedAt, undefined, arrivalOf('v', 'G1', 'O2', 'into_zone', jindong));
    const problem = { code: 'RECORD.BEFORE_THE_LAST_FACT', driverId: 'O2', lastFactAt: toIso(departedAt) };
    for (const record of tablet.logged.slice(0, 2)) {
      expect(await tablet.tell([record])).toMatchObject([{ status: 'refused', problem }]);
    }
    expect(await tablet.tell(tablet.logged.slice(2))).toMatchObject([{ status: 'done' }]);
  });

  test('who has given his truck away gets another one while that one is still here', async () => {
    await relay.swap('w', 'G2', 'O2', 'R1');
    const givenAt = now();
    pass(10);
    await relay.depart('w', { runId: idOf('run') });
    const tablet = tabletOf();
    tablet.log('arrival', givenAt - 1, undefined, arrivalOf('v', 'G1', 'O2', 'into_zone', jindong));
    tablet.log('arrival', givenAt, undefined, arrivalOf('v', 'G1', 'O2', 'into_zone', jindong));
    const problem = { code: 'RECORD.BEFORE_THE_LAST_FACT', driverId: 'O2', lastFactAt: toIso(givenAt) };
    expect(await tablet.tell(tablet.logged.slice(0, 1))).toMatchObject([{ status: 'refused', problem }]);
    expect(await tablet.tell(tablet.logged.slice(1))).toMatchObject([{ status: 'done' }]);
  });

  test('who has swapped another truck since does not take one over before it', async () => {
    const handoff = await ready('v', 'G1', 'O1', 'R2');
    const early = now();
    await relay.swap('w', 'G2', 'O2', 'R1');
    const swappedAt = now();
    await relay.move('G2', { kind: 'driver', id: 'R1' }, { kind: 'station', id: jindong }, jindong, 'ill');
    const movedAt = now();
    pass(10);
    const tablet = tabletOf();
    tablet.start(handoff, 'R1', early, '2');
    const problem = { code: 'RECORD.BEFORE_THE_LAST_FACT', driverId: 'R1', lastFactAt: toIso(movedAt) };
    expect(await tablet.tell()).toMatchObject([{ status: 'refused', problem }]);
    expect(swappedAt).toBeLessThan(movedAt);
    const later = tabletOf();
    later.log('start', movedAt, handoff, { driverId: 'R1', bayCode: '1', authorisation: authorisationAt(movedAt) });
    expect(await later.tell([{ ...later.logged[0], requestId: 'later' }])).toMatchObject([{ status: 'done' }]);
  });

  test('whose shift is said to end before it began', async () => {
    const tablet = tabletOf();
    await operator.post('/api/v1/drivers/R1/shift-end');
    pass(60);
    const endsAt = toIso(now() + 600 * minute);
    tablet.log('shift_start', now() - 61 * minute, 'R1', { stationCode: jindong, endsAt });
    expect(await tablet.tell()).toMatchObject([{ status: 'refused', problem: { code: 'SHIFT.BEFORE_THE_LAST_ONE' } }]);
    await operator.post('/api/v1/drivers/R1/shift-start', { stationCode: jindong, endsAt });
    tablet.log('shift_end', now() - minute, 'R1');
    expect(await tablet.tell(tablet.logged.slice(1))).toMatchObject([
      { status: 'refused', problem: { code: 'SHIFT.BEFORE_ITS_START' } },
    ]);
  });
});

describe('an assignment', () => {
  test.each(['no_show', 'withdrawal'])(
    'that was given later, or to another driver, is not ended by a %s',
    async (kind) => {
      await relay.arrive('v', 'G1', 'O1');
      await relay.ready('v', 'R1');
      const handoff = await relay.handoffOf('v');
      const expected = now();
      await operator.post(`/api/v1/handoffs/${handoff}/withdrawal`);
      pass(5);
      await relay.assign('v', 'R2');
      pass(5);
      const tablet = tabletOf();
      tablet.log(kind, expected, handoff, { driverId: 'R2' });
      tablet.log(kind, now(), handoff, { driverId: 'R1' });
      tablet.log(kind, now(), handoff);
      tablet.log(kind, now(), handoff, { driverId: 'R2' });
      pass(1);
      const told = await tablet.tell();
      expect(told.map(({ status, problem }) => [status, problem?.['code']])).toEqual([
        ['refused', 'ASSIGNMENT.GIVEN_LATER'],
        ['refused', 'HANDOFF.ASSIGNED_TO_ANOTHER'],
        ['refused', 'HANDOFF.WHOSE_ASSIGNMENT'],
        ['done', undefined],
      ]);
      expect(await running.eventsOf('handoff.assignment_ended')).toMatchObject([
        { data: { driverId: 'R1' } },
        { data: { driverId: 'R2' }, time: tablet.logged[3].time },
      ]);
    },
  );

  test('that was given after the truck had left ends when it was given', async () => {
    await relay.arrive('v', 'G1', 'O1');
    await relay.check('v');
    const left = now() + 1000;
    await relay.assign('v', 'R1');
    const assignedAt = now();
    pass(5);
    const tablet = tabletOf();
    tablet.log('departure', left, idOf('v'), { outcome: 'turned_away' });
    expect(await tablet.tell()).toMatchObject([{ status: 'done' }]);
    expect(await running.eventsOf('handoff.assignment_ended')).toMatchObject([{ time: toIso(assignedAt) }]);
  });
});

describe('a record', () => {
  test('that was mended, and is refused again, holds up nobody', async () => {
    const handoff = await ready('v', 'G1', 'O1', 'R1');
    pass(5);
    const tablet = tabletOf();
    const start = tablet.log('start', now(), handoff, { bayCode: '1', authorisation: authorisationAt(now()) });
    const other = tablet.log('arrival', now(), undefined, arrivalOf('w', 'G2', 'O2', 'into_zone', jindong));
    const [first] = await tablet.tell([start]);
    expect(first).toMatchObject({ status: 'refused', problem: { code: 'HANDOFF.WHO_TOOK_OVER' } });
    pass(5);
    const mended = { ...start, body: { ...start.body, driverId: 'R1', bayCode: '9' } };
    expect(await tablet.tell([mended, other])).toMatchObject([
      { status: 'refused', problem: { code: 'BAY.NOT_FOUND' }, exceptionId: first.exceptionId },
      { status: 'done' },
    ]);
  });

  test('whose request has no body is the same with an empty one', async () => {
    await relay.swap('v', 'G1', 'O1', 'R1');
    await operator.post(`/api/v1/visits/${idOf('v')}/holds`, { reasons: ['papers'], lifting: 'by_check' });
    await relay.check('v');
    const url = `/api/v1/visits/${idOf('v')}/release`;
    const tablet = tabletOf();
    const record = tablet.log('release', now(), idOf('v'));
    const online = await operator.post(url, undefined, record.requestId);
    expect(online.status).toBe(200);
    expect(await tablet.tell([record])).toMatchObject([{ status: 'done_before', answer: online.body }]);
    expect(await tablet.tell([{ ...record, body: {} }])).toMatchObject([{ status: 'done_before' }]);
  });

  test('that names a handoff in capitals names the same handoff', async () => {
    const handoff = 'abcdefab-4c94-7485-8e0c-21ae6c41ce1d';
    await relay.arrive('v', 'G1', 'O1');
    pass(1);
    const tablet = tabletOf();
    tablet.log('check', now(), idOf('v').toUpperCase(), { checks: passed, handoffId: handoff.toUpperCase() });
    pass(1);
    tablet.log('assignment', now(), handoff.toUpperCase(), { driverId: 'R1' });
    tablet.log('acceptance', now(), handoff, { driverId: 'R1' });
    pass(1);
    const startedAt = now();
    tablet.start(handoff.toUpperCase(), 'R1', startedAt);
    pass(1);
    tablet.log('completion', now(), handoff, completionOf('O1', 'R1', now()));
    expect((await tablet.tell()).map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done', 'done']);
    const ids = (await running.events()).flatMap(({ data }) => ('handoffId' in data ? [data.handoffId] : []));
    expect(new Set(ids)).toEqual(new Set([handoff]));
  });

  test('is about the truck of its handoff, whatever another record says', async () => {
    const handoff = await ready('v', 'G1', 'O1', 'R1');
    await ready('w', 'G2', 'O2', 'R2');
    const early = now();
    pass(5);
    await relay.move('G1', { kind: 'driver', id: 'O1' }, { kind: 'station', id: jindong }, jindong, 'ill');
    pass(5);
    const tablet = tabletOf();
    tablet.log('check', now(), idOf('w'), { checks: passed, handoffId: handoff });
    tablet.start(handoff, 'R1', early);
    expect(await tablet.tell()).toMatchObject([
      { status: 'done' },
      { status: 'refused', problem: { code: 'RECORD.BEFORE_THE_LAST_FACT', plate: 'G1' } },
    ]);
  });

  test('of a swap that somebody else witnessed asks a person', async () => {
    const handoff = await ready('v', 'G1', 'O1', 'R1');
    pass(5);
    const tablet = tabletOf(http.as({ role: 'operator', stations: [jindong], sub: 'operator:next' }));
    tablet.start(handoff, 'R1', now());
    pass(1);
    tablet.complete(handoff, 'O1', 'R1', now());
    pass(1);
    const [start] = await tablet.tell();
    expect(start).toMatchObject({
      status: 'refused',
      problem: { code: 'SIGNATURE.WITNESS_IS_ANOTHER' },
      exceptionId: expect.any(String) as unknown,
    });
  });
});

test('a hold that stood then, and was lifted since, keeps a start', async () => {
  const handoff = await ready('v', 'G1', 'O1', 'R1');
  const url = `/api/v1/visits/${idOf('v')}/holds`;
  await operator.post(url, { reasons: ['papers'], lifting: 'by_hand' });
  await relay.check('v');
  pass(2);
  const held = now();
  pass(2);
  const { holds } = (await visit()) as { holds?: readonly { holdId: string }[] };
  expect((await operator.post(`${url}/${holds?.[0]?.holdId}/lifting`, { reason: 'settled' })).status).toBe(200);
  const lifted = now();
  pass(5);
  const tablet = tabletOf();
  const during = tablet.start(handoff, 'R1', held);
  const after = tablet.start(handoff, 'R1', lifted);
  expect(await tablet.tell([during])).toMatchObject([{ status: 'refused', problem: { code: 'CARGO.HELD' } }]);
  expect(await tablet.tell([after])).toMatchObject([{ status: 'done' }]);
});

test('a truck whose driver has taken another one is watched again', async () => {
  await relay.arrive('v', 'G1', 'O1');
  await relay.check('v');
  const handoff = await relay.handoffOf('v');
  await ready('w', 'G2', 'O2', 'R1');
  const dueAt = async () => {
    const [timer] = await running.database.rows<{ dueAt: Date }>(
      `SELECT due_at AS "dueAt" FROM station.timers WHERE kind = 'visit_watch' AND ref = $1`,
      [idOf('w')],
    );
    return new Date(timer.dueAt).getTime();
  };
  const whileDriven = await dueAt();
  pass(2);
  const tablet = tabletOf();
  tablet.start(handoff, 'R1', now());
  pass(2);
  tablet.complete(handoff, 'O1', 'R1', now());
  pass(2);
  expect(await tablet.tell()).toMatchObject([{ status: 'done' }, { status: 'done' }]);
  expect(await visit('w')).toMatchObject({ handoffState: 'requested' });
  expect(await dueAt()).toBeLessThan(whileDriven);
});

test('a slow upload, and a quick one after it, tell of one tablet’s facts in their order', async () => {
  const handoff = await ready('v', 'G1', 'O1', 'R1');
  pass(5);
  const tablet = tabletOf();
  const start = tablet.start(handoff, 'R1', now());
  const completion = tablet.complete(handoff, 'O1', 'R1', now() + 3000);
  pass(1);
  const upload = (behind: number, records: object[]) =>
    operator.post('/api/v1/offline-records', { tabletId: 't', tabletTime: toIso(now() - behind), records });
  expect((await upload(8000, [start])).body).toMatchObject({ results: [{ status: 'done' }] });
  expect((await upload(200, [start, completion])).body).toMatchObject({
    results: [{ status: 'done_before' }, { status: 'done' }],
  });
  const last = tablet.depart('v', now() - 200);
  const asItHappens = await operator.post('/api/v1/offline-records', {
    tabletId: 't',
    tabletTime: last.time,
    records: [last],
  });
  expect(asItHappens.body).toMatchObject({ results: [{ status: 'done', time: toIso(now()) }] });
});

test('two hundred completions with all that they can say fit into one upload', async () => {
  const handoff = await ready('v', 'G1', 'O1', 'R1');
  pass(1);
  const tablet = tabletOf();
  const many = <T>(count: number, one: (index: number) => T) => Array.from({ length: count }, (_, index) => one(index));
  const completion = {
    ...completionOf('O1', 'R1', now()),
    items: ['keys', 'vehicle_licence', 'waybill', 'toll_card', 'fuel_card'].map((code) => ({ code, given: true })),
    photos: many(12, (index) => ({ stage: `side-${index}`, sha256: 'a'.repeat(64) })),
    reservations: many(8, (index) => ({ code: `worn-tyre-${index}`, noteHash: 'b'.repeat(64) })),
  };
  for (const index of many(200, (one) => one))
    tablet.log('completion', now(), index === 0 ? handoff : idOf(`${index}`), completion);
  expect(JSON.stringify(tablet.logged).length).toBeGreaterThan(1.5 * 256 * 1024);
  const told = await tablet.tell();
  expect(told.map(({ problem }) => problem?.['code'])).toEqual([
    'HANDOFF.NOT_STARTED',
    ...many(199, () => 'HANDOFF.NOT_FOUND'),
  ]);
});

describe('a plan that opens and closes stations', () => {
  const commandCentre = () => http.as({ role: 'command_centre', areas: ['jinhua'] });

  async function storePlan(planId: string): Promise<void> {
    const template = {
      title: 'A plan',
      zone: { zoneId: 'dongyang', level: 'sealed', countyCodes: ['330783'], policy: await policy() },
      stations: [
        {
          stationCode: jindong,
          name: 'Jindong',
          countyCode: '330703',
          location: { latitude: 29.1, longitude: 119.9 },
          bays: ['1', '2'],
        },
      ],
      pool: [],
      enterprises: [],
      duties: [],
    };
    const { status, body } = await commandCentre().post('/api/v1/plans', { planId, areaCode: 'jinhua', template });
    expect([status, body]).toMatchObject([201, {}]);
    expect((await commandCentre().post(`/api/v1/plans/${planId}/activation`, {})).status).toBe(200);
  }

  async function policy(): Promise<object> {
    const [{ id, version }] = await running.database.rows<{ id: string; version: string }>(
      'SELECT policy_id AS id, policy_version AS version FROM station.zones WHERE zone_id = $1',
      [zone],
    );
    return { id, version };
  }

  test('pauses them like everybody who does', async () => {
    const handoff = await ready('v', 'G1', 'O1', 'R1');
    const pausedAt = now();
    expect((await commandCentre().post(`/api/v1/stations/${jindong}/closure`, { reason: 'storm' })).status).toBe(200);
    pass(5);
    await storePlan('p');
    const openedAt = now();
    pass(5);
    const closedAt = now();
    expect((await commandCentre().post('/api/v1/plans/p/ending', { reason: 'over' })).status).toBe(200);
    pass(5);
    const tablet = tabletOf();
    tablet.start(handoff, 'R1', pausedAt + minute);
    tablet.start(handoff, 'R1', closedAt + minute);
    tablet.start(handoff, 'R1', openedAt + minute);
    const told = [];
    for (const record of tablet.logged) told.push(...(await tablet.tell([record])));
    expect(told.map(({ status, problem }) => [status, problem?.['code']])).toEqual([
      ['refused', 'STATION.CLOSED'],
      ['refused', 'STATION.CLOSED'],
      ['done', undefined],
    ]);
  });
});
