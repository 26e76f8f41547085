import { toIso } from '@yizhan/kernel';
import { jindong, openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { arrivalOf, idOf, passed } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, type StationOverHttp, stationOverHttp } from '../../../../test/support/station-over-http.js';
import { Tablet } from '../../../../test/support/tablet.js';
import { brokenRules } from '../../../../test/support/verified.js';

const minute = 60_000;
const visitId = idOf('v');

let running: RunningStation;
let http: StationOverHttp;
let operator: HttpCaller;
let tablet: Tablet;
let from: number;

const pass = (minutes: number) => running.clock.moveTo(running.clock.now() + minutes * minute);
const online = (path: string, body: object) => operator.post(`/api/v1/visits/${visitId}/${path}`, body);
const statesOf = async () => (await operator.get(`/api/v1/visits/${visitId}`)).body;

beforeEach(async () => {
  running = await startStation();
  await openNetwork(running);
  await outsideDriver(running, 'O1');
  await relayDriver(running, 'R1');
  http = await stationOverHttp(running);
  operator = http.as({ role: 'operator', stations: [jindong] });
  tablet = new Tablet({ running, operator });
  from = running.clock.now();
});

afterEach(async () => {
  await http.close();
  const broken = await brokenRules(running);
  await running.close();
  expect(http.faults).toEqual([]);
  expect(broken).toEqual({});
});

/** A truck of which only the plate is known. */
function logTicket(name: string, plate: string, at: number): void {
  const coming = { ...arrivalOf(name, plate, 'O1', 'into_zone', jindong), driverId: undefined };
  tablet.log('announcement', at, undefined, { ...coming, expectedAt: toIso(at) });
  tablet.log('queue', at, idOf(name), { queue: 'outside' });
}

test('tickets that were given in the dark: each truck has its place in the queue, since when it got it', async () => {
  logTicket('v', '浙G10001', from);
  logTicket('w', '浙G10002', from + minute);
  pass(10);
  const told = await tablet.tell();
  expect(told.map(({ status, answer }) => [status, answer?.['ticketNo']])).toEqual([
    ['done', undefined],
    ['done', 'W001'],
    ['done', undefined],
    ['done', 'W002'],
  ]);
  expect(await statesOf()).toMatchObject({ state: 'announced', queuedAt: toIso(from), expectedAt: toIso(from) });
});

test('a driver who was taken in by his phone has the same id however often it is told', async () => {
  tablet.log('intake', from, undefined, { stationCode: jindong, plate: '浙G10001', phone: '13800138000' });
  pass(5);
  const [first] = await tablet.tell();
  expect(first).toMatchObject({ status: 'done', answer: { isDriverNew: true } });
  expect(await tablet.tell()).toMatchObject([{ status: 'done_before', answer: first.answer }]);
});

test('an announcement, an arrival and a call that were mistakes are taken back', async () => {
  logTicket('v', '浙G10001', from);
  tablet.log('cancellation', from + minute, visitId, { reason: 'entered_by_mistake' });
  pass(5);
  await tablet.tell();
  expect(await statesOf()).toMatchObject({ state: 'cancelled' });

  await operator.post('/api/v1/visits', arrivalOf('w', 'G2', 'O1', 'into_zone', jindong));
  await running.drain();
  pass(1);
  tablet.log('retraction', running.clock.now(), idOf('w'), { reason: 'did_not_occur' });
  expect((await tablet.tell()).at(-1)).toMatchObject({ status: 'done', answer: { state: 'retracted' } });
});

test('an event is taken back by its id', async () => {
  await operator.post('/api/v1/visits', arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
  await online('call', {});
  await running.drain();
  const [called] = await running.eventsOf('visit.called');
  pass(1);
  const retraction = { subjectKind: 'visit', subjectId: visitId, eventId: called.id, reason: 'did_not_occur' };
  tablet.log('taking_back', running.clock.now(), undefined, retraction);
  tablet.log('taking_back', running.clock.now(), undefined, { ...retraction, subjectId: 'v' });
  expect(await tablet.tell()).toMatchObject([
    { status: 'done', answer: { eventId: called.id } },
    { status: 'refused', problem: { code: expect.any(String) as unknown } },
  ]);
  expect((await statesOf())['calledAt']).toBeUndefined();
});

test('a hold is lifted by its own id, and a driver says why he does not come', async () => {
  await operator.post('/api/v1/visits', arrivalOf('v', 'G1', 'O1', 'into_zone', jindong));
  await online('checks', { checks: passed, handoffId: idOf('handoff') });
  await operator.post(`/api/v1/handoffs/${idOf('handoff')}/assignment`, { driverId: 'R1' });
  await online('holds', { reasons: ['inspection'], lifting: 'by_hand' });
  const { holds } = (await statesOf()) as unknown as { holds: { holdId: string }[] };
  pass(1);
  const at = running.clock.now();
  const lifting = tablet.log('hold_lifting', at, visitId, { reason: 'inspected' });
  tablet.log('decline', at, idOf('handoff'), { driverId: 'R1', reason: 'tired' });
  expect(await tablet.tell([{ ...lifting, partId: holds[0].holdId }, tablet.logged[1]])).toMatchObject([
    { status: 'done', answer: { held: false } },
    { status: 'done', answer: { handoffState: 'requested' } },
  ]);
  expect(await tablet.tell([{ ...lifting, requestId: 'without-a-hold' }])).toMatchObject([
    { status: 'refused', problem: { code: 'REQUEST.INVALID', field: 'partId' } },
  ]);
});
