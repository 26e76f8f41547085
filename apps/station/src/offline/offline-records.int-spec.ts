import { toIso } from '@yizhan/kernel';
import { area, jindong, openNetwork, outsideDriver, pujiang, relayDriver } from '../../../../test/support/network.js';
import { arrivalOf, authorisationAt, completionOf, idOf, passed } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, type StationOverHttp, stationOverHttp } from '../../../../test/support/station-over-http.js';
import { type Logged, Tablet } from '../../../../test/support/tablet.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { Timers } from '../timers/timers.js';

const minute = 60_000;
const handoff = idOf('handoff');
const run = idOf('run');

let running: RunningStation;
let http: StationOverHttp;
let operator: HttpCaller;

const now = () => running.clock.now();
const statuses = (results: readonly { status: string }[]) => results.map(({ status }) => status);
const pass = (minutes: number) => running.clock.moveTo(now() + minutes * minute);

/** A whole passage into the zone, as a tablet logs it that is dark from beginning to end. */
function logPassage(tablet: Tablet, from: number): void {
  tablet.log('arrival', from, undefined, arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
  tablet.log('queue', from + minute, idOf('v'), { queue: 'inside' });
  tablet.log('check', from + 2 * minute, idOf('v'), { checks: passed, handoffId: handoff });
  tablet.log('assignment', from + 3 * minute, handoff, { driverId: 'R1' });
  tablet.log('acceptance', from + 4 * minute, handoff, { driverId: 'R1' });
  tablet.start(handoff, 'R1', from + 5 * minute);
  tablet.complete(handoff, 'O1', 'R1', from + 8 * minute);
  tablet.depart('v', from + 10 * minute, { runId: run });
}

beforeEach(async () => {
  running = await startStation();
  await openNetwork(running);
  await Promise.all(['O1', 'O2'].map((driverId) => outsideDriver(running, driverId)));
  await Promise.all(['R1', 'R2'].map((driverId) => relayDriver(running, driverId)));
  http = await stationOverHttp(running);
  operator = http.as({ role: 'operator', stations: [jindong] });
});

afterEach(async () => {
  await http.close();
  const broken = await brokenRules(running);
  await running.close();
  expect(http.faults).toEqual([]);
  expect(broken).toEqual({});
});

const tabletOf = (name: string, ahead = 0, as = operator) => new Tablet({ running, operator: as }, name, ahead);

describe('a tablet that was dark for a whole passage', () => {
  const aheadOfUs: [how: string, ahead: number][] = [
    ['right', 0],
    ['seven minutes fast', 7 * minute],
    ['two hours slow', -120 * minute],
  ];

  test.each(aheadOfUs)('with a clock that is %s: every fact has its own time by our clock', async (_how, ahead) => {
    const tablet = tabletOf('t', ahead);
    const from = now();
    logPassage(tablet, from);
    pass(30);
    expect(statuses(await tablet.tell())).toEqual(Array.from({ length: 8 }, () => 'done'));
    const times = (await running.events()).filter(({ subject }) => subject === `visit/${idOf('v')}`);
    expect(times.map(({ type, time }) => [type.slice(7, -3), (Date.parse(time) - from) / minute])).toEqual([
      ['visit.arrived', 0],
      ['visit.queued', 1],
      ['visit.checked', 2],
      ['handoff.requested', 2],
      ['handoff.assigned', 3],
      ['handoff.accepted', 4],
      ['handoff.started', 5],
      ['handoff.completed', 8],
      ['cargo.released', 8],
      ['visit.departed', 10],
    ]);
    expect(new Set(times.map(({ recordedtime }) => recordedtime))).toEqual(new Set([toIso(now())]));
    const [completed] = await running.eventsOf('handoff.completed');
    expect(new Set(completed.data.signatures.map(({ signedAt }) => signedAt))).toEqual(
      new Set([completed.data.custodyAt]),
    );
    const uploads = await running.database.rows(
      'SELECT clock_offset_ms AS ms, tablet_id AS id FROM station.offline_uploads',
    );
    expect(uploads).toEqual([{ ms: 0 - ahead, id: 't' }]);
  });

  test('told again, whole or in part: every record has the answer that it got, and nothing happens twice', async () => {
    const tablet = tabletOf('t');
    logPassage(tablet, now());
    pass(30);
    const first = await tablet.tell(tablet.logged.slice(0, 5));
    pass(1);
    const whole = await tablet.tell();
    expect(statuses(whole)).toEqual([...Array.from({ length: 5 }, () => 'done_before'), 'done', 'done', 'done']);
    expect(whole.slice(0, 5).map(({ answer }) => answer)).toEqual(first.map(({ answer }) => answer));
    const length = (await running.events()).length;
    expect(new Set(statuses(await tablet.tell()))).toEqual(new Set(['done_before']));
    expect(await running.events()).toHaveLength(length);
  });

  test('told twice at the same time: each record is done once', async () => {
    const tablet = tabletOf('t');
    logPassage(tablet, now());
    pass(30);
    const both = await Promise.all([tablet.try({ records: tablet.logged }), tablet.try({ records: tablet.logged })]);
    expect(both.map(({ status }) => status)).toContain(200);
    expect(both.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    expect(new Set(statuses(await tablet.tell()))).toEqual(new Set(['done_before']));
    expect(await running.eventsOf('handoff.completed')).toHaveLength(1);
  });

  test('a request that was sent online, and whose answer was lost, is not carried out again', async () => {
    const tablet = tabletOf('t');
    const arrival = tablet.log('arrival', now(), undefined, arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
    const online = await operator.post('/api/v1/visits', arrival.body, arrival.requestId);
    expect(online.status).toBe(201);
    pass(5);
    expect(await tablet.tell()).toEqual([expect.objectContaining({ status: 'done_before', answer: online.body })]);
  });

  test('timers that would have run out meanwhile do not undo what follows in the same upload', async () => {
    const tablet = tabletOf('t');
    logPassage(tablet, now());
    pass(60);
    await tablet.tell(tablet.logged.slice(0, 4));
    await running.get(Timers).fireDue();
    expect(statuses(await tablet.tell())).toEqual([
      ...Array.from({ length: 4 }, () => 'done_before'),
      'done',
      'done',
      'done',
      'done',
    ]);
  });
});

describe('what cannot be taken', () => {
  test('holds up the records of that truck alone, with what is true now', async () => {
    const tablet = tabletOf('t');
    const from = now();
    tablet.log('arrival', from, undefined, arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
    tablet.log('release', from + minute, idOf('v'));
    tablet.log('check', from + 2 * minute, idOf('v'), { checks: passed, handoffId: handoff });
    tablet.start(handoff, 'R1', from + 3 * minute);
    tablet.log('arrival', from + 4 * minute, undefined, arrivalOf('other', 'G2', 'O2', 'into_zone', jindong));
    tablet.log('shift_end', from + 4 * minute, 'R2');
    pass(10);
    const told = await tablet.tell();
    expect(statuses(told)).toEqual(['done', 'refused', 'not_tried', 'not_tried', 'done', 'done']);
    expect(told[1]).toMatchObject({
      problem: { code: 'CARGO.NOT_SWAPPED', instance: `/api/v1/visits/${idOf('v')}/release` },
      now: {
        visit: { visitId: idOf('v'), state: 'arrived', allowedSteps: expect.arrayContaining(['check']) as unknown },
      },
    });
    const [opened] = await running.eventsOf('exception.opened');
    expect(opened.data).toMatchObject({ exceptionId: told[1].exceptionId, code: 'offline_refused', owner: jindong });
    // Without what was wrong the rest can be told.
    const rest = await tablet.tell(tablet.logged.filter(({ kind }) => kind !== 'release'));
    expect(statuses(rest)).toEqual(['done_before', 'done', 'done', 'done_before', 'done_before']);
  });

  test('a fact that lies before another fact of the truck', async () => {
    const tablet = tabletOf('t');
    const from = now();
    pass(10);
    await operator.post('/api/v1/visits', arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
    await operator.post(`/api/v1/visits/${idOf('v')}/departure`, { outcome: 'turned_away' });
    pass(10);
    tablet.log('arrival', from + minute, undefined, arrivalOf('again', 'G1', 'O2', 'into_zone', jindong));
    expect(await tablet.tell()).toMatchObject([
      { status: 'refused', problem: { code: 'RECORD.BEFORE_THE_LAST_FACT', lastFactAt: toIso(from + 10 * minute) } },
    ]);
  });

  const wrong: [what: string, record: (at: number) => Partial<Logged>, code: string][] = [
    ['in the future of the tablet', (at) => ({ time: toIso(at + 1) }), 'OFFLINE.IN_FUTURE'],
    ['of the week before', (at) => ({ time: toIso(at - 7 * 24 * 60 * minute) }), 'OFFLINE.TOO_OLD'],
    ['with a body that its route does not take', () => ({ body: { queue: 'beside' } }), 'REQUEST.INVALID'],
    [
      'with a field that its route does not know',
      () => ({ body: { queue: 'inside', urgent: true } }),
      'REQUEST.INVALID',
    ],
    ['without the id of its visit', () => ({ id: undefined }), 'REQUEST.INVALID'],
    ['of a visit that nobody knows', () => ({ id: idOf('nobody knows') }), 'VISIT.NOT_FOUND'],
    ['of another station', () => ({ id: idOf('elsewhere') }), 'IDENTITY.NOT_YOUR_STATION'],
  ];

  test.each(wrong)('a record %s', async (_what, change, code) => {
    await operator.post('/api/v1/visits', arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
    await http
      .as({ role: 'operator', stations: [pujiang] })
      .post('/api/v1/visits', arrivalOf('elsewhere', 'G2', 'O2', 'into_zone', pujiang));
    pass(1);
    const tablet = tabletOf('t');
    const record = tablet.log('queue', now(), idOf('v'), { queue: 'inside' });
    expect(await tablet.tell([{ ...record, ...change(now()) }])).toMatchObject([
      { status: 'refused', problem: { code } },
    ]);
    expect(await running.eventsOf('exception.opened')).toEqual([]);
  });

  const garbage: [what: string, body: object][] = [
    ['a plate that is none', { ...arrivalOf('v', 'G1', 'O1', 'into_zone', jindong), truck: { plate: 'G\u0000' } }],
    ['an id that is none', { ...arrivalOf('v', 'G1', 'O1', 'into_zone', jindong), visitId: 'v' }],
    ['nothing at all', {}],
  ];

  test.each(garbage)('an arrival with %s is refused like any other', async (_what, body) => {
    const tablet = tabletOf('t');
    tablet.log('arrival', now(), undefined, body);
    expect(await tablet.tell()).toMatchObject([{ status: 'refused', problem: { code: 'REQUEST.INVALID' }, now: {} }]);
    const ends = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
    for (const tabletTime of ends) {
      for (const time of ends) {
        const { status, body: answer } = await tablet.try({ tabletTime, records: [{ ...tablet.logged[0], time }] });
        const { results } = answer as unknown as { results: { status: string; time: string }[] };
        expect([status, results[0].status, results[0].time]).toEqual([
          200,
          'refused',
          expect.stringMatching(/^\d{4}-/),
        ]);
      }
    }
  });

  test('a key that was used for another request', async () => {
    const tablet = tabletOf('t');
    const arrival = tablet.log('arrival', now(), undefined, arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
    await tablet.tell();
    const other = { ...arrival, body: arrivalOf('other', 'G2', 'O2', 'into_zone', jindong) };
    expect(await tablet.tell([other])).toMatchObject([
      { status: 'refused', problem: { code: 'REQUEST.KEY_REUSED', status: 422 } },
    ]);
  });

  test('a start that does not say who took over', async () => {
    await operator.post('/api/v1/visits', arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
    await operator.post(`/api/v1/visits/${idOf('v')}/checks`, { checks: passed, handoffId: handoff });
    pass(5);
    const tablet = tabletOf('t');
    tablet.log('start', now(), handoff, { bayCode: '1', authorisation: authorisationAt(now()) });
    expect(await tablet.tell()).toMatchObject([{ status: 'refused', problem: { code: 'HANDOFF.WHO_TOOK_OVER' } }]);
    await operator.post(`/api/v1/visits/${idOf('v')}/departure`, { outcome: 'turned_away' });
  });

  test('a swap whose signatures are not right: none of it is recorded, and the plan stands', async () => {
    await operator.post('/api/v1/visits', arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
    await operator.post(`/api/v1/visits/${idOf('v')}/checks`, { checks: passed, handoffId: handoff });
    await operator.post(`/api/v1/handoffs/${handoff}/assignment`, { driverId: 'R2' });
    pass(5);
    const tablet = tabletOf('t');
    tablet.start(handoff, 'R1', now());
    tablet.log('completion', now(), handoff, completionOf('O2', 'R1', now()));
    pass(1);
    expect(statuses(await tablet.tell())).toEqual(['refused', 'not_tried']);
    expect((await operator.get(`/api/v1/visits/${idOf('v')}`)).body).toMatchObject({
      handoffState: 'assigned',
      driverId: 'R2',
    });
  });

  test('an upload that is no upload, or too much of one, or of somebody who may not', async () => {
    const upload = { tabletTime: toIso(now()), records: [] };
    const record = { requestId: 'r', kind: 'release', time: toIso(now()), id: idOf('v') };
    const asked: [caller: HttpCaller, body: object, status: number][] = [
      [operator, upload, 200],
      [operator, { ...upload, tabletTime: 'now' }, 400],
      [operator, { ...upload, records: [{ ...record, kind: 'flight' }] }, 400],
      [operator, { ...upload, records: [{ ...record, requestId: '' }] }, 400],
      [operator, { ...upload, records: Array.from({ length: 201 }, () => record) }, 400],
      [http.as({ role: 'driver', driverId: 'R1' }), upload, 403],
      [http.as({ role: 'command_centre', areas: [area] }), upload, 403],
    ];
    for (const [caller, body, status] of asked) {
      expect([body, (await caller.post('/api/v1/offline-records', body)).status]).toEqual([body, status]);
    }
  });
});

test('how old a record may be is a matter of the policy in force', async () => {
  await running.database.rows(
    `UPDATE station.policies SET rules = jsonb_set(rules, '{timers,offlineRecordsWithinSeconds}', '600')`,
  );
  const tablet = tabletOf('t');
  tablet.log('arrival', now(), undefined, arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
  pass(11);
  expect(await tablet.tell()).toMatchObject([
    { status: 'refused', problem: { code: 'OFFLINE.TOO_OLD', oldestSeconds: 600 } },
  ]);
});
