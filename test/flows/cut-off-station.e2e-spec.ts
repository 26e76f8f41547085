import { toIso } from '@yizhan/kernel';
import { WatchConnections } from '../../apps/station/src/connections/watch-connections.js';
import { jindong, pujiang } from '../support/network.js';
import { idOf, passed } from '../support/relay.js';
import { RelayOverHttp } from '../support/relay-over-http.js';
import type { HttpCaller } from '../support/station-over-http.js';
import { Tablet } from '../support/tablet.js';
import { brokenRules } from '../support/verified.js';

const minute = 60_000;

let relay: RelayOverHttp;
let tablet: Tablet;
let atJindong: HttpCaller;

const now = () => relay.running.clock.now();
const driver = (id: string) => ({ kind: 'driver', id }) as const;
const statuses = (results: readonly { status: string }[]) => results.map(({ status }) => status);
const beat = () => atJindong.post(`/api/v1/stations/${jindong}/heartbeat`);

/** The station's process looks, as it does every few seconds. */
async function look(): Promise<void> {
  await relay.running.get(WatchConnections).fireDue();
  await relay.running.drain();
}

/** Time passes in which the process looks all along, and nothing is heard. */
async function silence(minutes: number): Promise<void> {
  for (let gone = 0; gone < minutes; gone += 1) {
    relay.pass(1);
    await look();
  }
}

/** Who was proposed since, for which visit. */
async function proposedSince(count: number): Promise<readonly (readonly [string, string])[]> {
  const proposed = (await relay.running.eventsOf('assignment.proposed')).slice(count);
  return proposed.map(({ data }) => [data.visitId, data.driverId] as const);
}

const countOf = async (name: 'assignment.proposed') => (await relay.running.eventsOf(name)).length;

/** The stay as the tablet has logged it: checked, swapped with whom its operators have named, gone. */
function handOverByHand(visit: string, from: string, to: string, bayCode: string, at: number): void {
  const handoffId = idOf(`handoff of ${visit}`);
  tablet.log('check', at, idOf(visit), { checks: passed, handoffId });
  tablet.log('assignment', at + minute, handoffId, { driverId: to });
  tablet.log('acceptance', at + 2 * minute, handoffId, { driverId: to });
  tablet.start(handoffId, to, at + 3 * minute, bayCode);
  tablet.complete(handoffId, from, to, at + 8 * minute);
  tablet.depart(visit, at + 9 * minute, { runId: idOf(`run of ${visit}`) });
}

/** R1 and R2 are at Jindong, R3 at Pujiang; G1 and G2 have arrived at Jindong; its tablet was heard, and is heard no more. */
beforeEach(async () => {
  relay = await RelayOverHttp.open();
  tablet = new Tablet(relay);
  atJindong = relay.http.as({ role: 'operator', stations: [jindong] });
  // Near enough that drivers of one station are sent to the other.
  await relay.post(relay.commandCentre, `stations/${pujiang}/details`, {
    location: { latitude: 29.11, longitude: 119.9 },
  });
  for (const id of ['R1', 'R2']) await relay.enrol(id);
  await relay.enrol('R3', { onShift: false });
  await relay.startShift('R3', pujiang);
  await relay.enrolOutside('O1', 'O2', 'O3', 'O4');
  await relay.arrive('one', 'G1', 'O1');
  await relay.arrive('two', 'G2', 'O2');
  await look();
  expect((await beat()).status).toBe(204);
});

afterEach(async () => {
  const broken = await brokenRules(relay.running);
  await relay.close();
  expect(broken).toEqual({});
});

it('cut off, a station hands trucks over by hand, its area leaves its drivers alone, and both come together as they were', async () => {
  const heardAt = now();
  await silence(4);
  expect(await relay.running.eventsOf('station.cut_off')).toEqual([]);
  await silence(1);
  expect(await relay.running.eventsOf('station.cut_off')).toMatchObject([
    { subject: `station/${jindong}`, data: { stationCode: jindong, reason: 'silent', lastHeardAt: toIso(heardAt) } },
  ]);
  expect(await relay.get(`stations/${jindong}`)).toMatchObject({ state: 'open', cutOffAt: toIso(now()) });
  const before = await countOf('assignment.proposed');

  // In the dark: the tablet has R1 take G1 and R2 take G2.
  handOverByHand('one', 'O1', 'R1', '1', now());
  handOverByHand('two', 'O2', 'R2', '2', now());

  // Meanwhile Pujiang goes on with its own driver; a second truck there has none, though two are free for all that is known.
  await relay.arrive('three', 'G3', 'O3', 'into_zone', pujiang);
  await relay.check('three');
  expect(await relay.visit('three')).toMatchObject({ handoffState: 'assigned', driverId: 'R3' });
  await relay.arrive('four', 'G4', 'O4', 'into_zone', pujiang);
  await relay.check('four');
  const { handoffId, ...four } = await relay.visit('four');
  expect(four).toMatchObject({ handoffState: 'requested' });
  const withheld = (await relay.running.eventsOf('assignment.withheld')).at(-1);
  expect(withheld?.data).toMatchObject({
    handoffId,
    blockers: expect.arrayContaining([{ rule: 'station_cut_off', drivers: 2 }]) as unknown,
  });
  const named = await relay.try(relay.operator, `handoffs/${handoffId}/assignment`, { driverId: 'R1' });
  expect(named).toMatchObject({ status: 409, body: { code: 'DRIVER.CUT_OFF' } });
  await relay.accept('three');
  await relay.start('three');
  await relay.complete('three', 'O3');
  await relay.depart('three', 'swapped', { runId: idOf('run of three') });
  relay.pass(10);

  // The link is back: what was done is told first, and only then is the station counted on again.
  expect(statuses(await tablet.tell())).toEqual(Array.from({ length: 12 }, () => 'done'));
  expect(await relay.running.eventsOf('station.reconnected')).toEqual([]);
  expect((await beat()).status).toBe(204);
  await relay.running.drain();
  expect(await relay.running.eventsOf('station.reconnected')).toHaveLength(1);
  expect(await relay.get(`stations/${jindong}`)).not.toHaveProperty('cutOffAt');

  expect(await relay.get('trucks/G1')).toMatchObject({ custodian: driver('R1') });
  expect(await relay.get('trucks/G2')).toMatchObject({ custodian: driver('R2') });
  expect(await relay.get('trucks/G3')).toMatchObject({ custodian: driver('R3') });
  expect(await proposedSince(before)).toEqual([[idOf('three'), 'R3']]);
  // Nothing that the area has planned had to give way: nobody was called in vain, and no person has to look at it.
  expect(await relay.running.eventsOf('handoff.assignment_ended')).toEqual([]);
  expect(await relay.get('exceptions?code=offline_swap')).toMatchObject({ items: [] });

  await relay.enrol('R4');
  expect(await relay.visit('four')).toMatchObject({ handoffState: 'assigned', driverId: 'R4' });
});

it('a truck that waits at the station when it is cut off gets nobody from outside, and is assigned as ever afterwards', async () => {
  await silence(5);
  const before = await countOf('assignment.proposed');
  await relay.check('one');
  expect(await relay.visit('one')).toMatchObject({ handoffState: 'requested' });
  expect((await relay.running.eventsOf('assignment.withheld')).at(-1)?.data.blockers).toEqual([
    { rule: 'station_cut_off', drivers: 0 },
  ]);
  expect(await proposedSince(before)).toEqual([]);
  await beat();
  await relay.running.drain();
  expect(await relay.visit('one')).toMatchObject({ handoffState: 'assigned', driverId: 'R1' });
});

it('a person may say so, unless it was heard just now, and say that it is over', async () => {
  const lead = relay.http.as({ role: 'shift_lead', stations: [jindong] });
  const post = (caller: HttpCaller, what: string, body = {}) => relay.try(caller, `stations/${jindong}/${what}`, body);
  await beat();
  const { clock } = relay.running;
  const early = await lead.post(`/api/v1/stations/${jindong}/cut-off`, { reason: 'line_broken' });
  expect(early).toMatchObject({
    status: 409,
    body: { code: 'STATION.HEARD_JUST_NOW', lastHeardAt: toIso(clock.now()) },
  });
  expect(await post(lead, 'reconnection')).toMatchObject({ status: 409, body: { code: 'STATION.NOT_CUT_OFF' } });
  expect(await post(atJindong, 'cut-off', { reason: 'line_broken' })).toMatchObject({ status: 403 });
  expect(await post(lead, 'cut-off', { reason: 'line_broken' })).toMatchObject({ status: 200 });
  expect(await post(lead, 'cut-off', { reason: 'line_broken' })).toMatchObject({
    status: 409,
    body: { code: 'STATION.CUT_OFF_ALREADY' },
  });
  // Who looks on from elsewhere says nothing of the link.
  expect((await relay.commandCentre.post(`/api/v1/stations/${jindong}/heartbeat`)).status).toBe(204);
  expect(await relay.get(`stations/${jindong}/board`)).toMatchObject({
    station: { cutOffAt: expect.any(String) as string },
  });
  expect(await post(atJindong, 'reconnection')).toMatchObject({ status: 200, body: { stationCode: jindong } });
  expect((await relay.running.eventsOf('station.cut_off')).map(({ data }) => data.reason)).toEqual(['line_broken']);
  expect(await relay.running.eventsOf('station.reconnected')).toHaveLength(1);
});

it('whoever says that the link is back is believed until a device is heard again', async () => {
  await silence(5);
  expect(await relay.running.eventsOf('station.cut_off')).toHaveLength(1);
  await relay.post(atJindong, `stations/${jindong}/reconnection`);
  await silence(10);
  expect(await relay.running.eventsOf('station.cut_off')).toHaveLength(1);
  expect((await beat()).status).toBe(204);
  await silence(5);
  expect(await relay.running.eventsOf('station.cut_off')).toHaveLength(2);
});

it('silence counts while somebody has listened: after the process was away a station has its whole time anew', async () => {
  relay.pass(60);
  await look();
  await silence(4);
  expect(await relay.running.eventsOf('station.cut_off')).toEqual([]);
  await silence(1);
  expect(await relay.running.eventsOf('station.cut_off')).toHaveLength(1);
});
