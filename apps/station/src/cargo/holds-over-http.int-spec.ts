import { area, jindong, openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { idOf, passed, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { brokenRules } from '../../../../test/support/verified.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;
const operator = (): HttpCaller => http.as({ role: 'operator', stations: [jindong] });
const centre = (areaCode = area): HttpCaller => http.as({ role: 'command_centre', areas: [areaCode] });
const visit = `/api/v1/visits/${idOf('held')}`;
const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) as unknown });

interface Shown {
  readonly held: boolean;
  readonly holds: readonly { readonly holdId: string; readonly reasons: readonly string[] }[];
  readonly holdReasons: readonly string[];
  readonly allowedSteps: readonly string[];
}
const shown = async (): Promise<Shown> => (await operator().get(visit)).body as unknown as Shown;
const holdFor = async (reason: string): Promise<string> =>
  (await shown()).holds.find(({ reasons }) => reasons.includes(reason))?.holdId ?? 'none';
const lift = (who: HttpCaller, holdId: string) => who.post(`${visit}/holds/${holdId}/lifting`, { reason: 'settled' });

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
  await outsideDriver(station, 'O1');
  await relayDriver(station, 'R1');
  await relay.arrive('held', 'G1', 'O1');
  await relay.ready('held', 'R1');
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('each hold has its own reasons and owner, and is lifted by itself; the cargo goes when none stands', async () => {
  await relay.start('held');
  expect((await operator().post(`${visit}/holds`, { reasons: ['papers'], lifting: 'by_hand' })).status).toBe(200);
  expect((await centre().post(`${visit}/holds`, { reasons: ['search'] })).body).toMatchObject({ held: true });
  expect((await operator().post(`${visit}/holds`, { reasons: ['smell'] })).body).toMatchObject({ held: true });
  expect(await centre('elsewhere').post(`${visit}/holds`, { reasons: ['x'] })).toMatchObject(
    refused(403, 'IDENTITY.NOT_YOUR_AREA'),
  );
  expect(await operator().post(`${visit}/holds`, { reasons: [] })).toMatchObject(refused(400, 'HOLD.NO_REASON'));
  await relay.complete('held', 'O1', 'R1');
  await relay.check('held');
  expect(await shown()).toMatchObject({
    held: true,
    holdReasons: ['papers', 'search'],
    holds: [
      { of: 'station', lifting: 'by_hand', byId: 'operator:test' },
      { of: 'command_centre', lifting: 'by_hand', byId: 'command_centre:test' },
    ],
    allowedSteps: expect.arrayContaining(['lift_hold']) as unknown,
  });
  const [papers, search] = [await holdFor('papers'), await holdFor('search')];
  expect(await operator().post(`${visit}/release`)).toMatchObject(refused(409, 'CARGO.HELD'));
  expect(await lift(operator(), search)).toMatchObject(refused(403, 'HOLD.OF_THE_COMMAND_CENTRE'));
  expect(await lift(operator(), idOf('no hold'))).toMatchObject(refused(404, 'HOLD.NOT_FOUND'));
  expect((await lift(operator(), papers)).body).toMatchObject({ held: true });
  expect(await operator().post(`${visit}/release`)).toMatchObject(refused(409, 'CARGO.HELD'));
  expect((await lift(centre(), search)).body).toMatchObject({
    held: false,
    allowedSteps: expect.arrayContaining(['release_cargo']) as unknown,
  });
  expect((await shown()).allowedSteps).not.toContain('lift_hold');
  expect(await lift(centre(), search)).toMatchObject(refused(409, 'CARGO.NOT_HELD'));
});

test('a hold that is lifted without a later check does not free the cargo', async () => {
  await operator().post(`${visit}/holds`, { reasons: ['papers'] });
  expect((await lift(operator(), await holdFor('papers'))).body).toMatchObject({ held: false });
  expect(await operator().post(`${visit}/release`)).toMatchObject(refused(409, 'CARGO.CHECK_NOT_PASSED'));
  await relay.check('held');
  expect((await operator().post(`${visit}/release`)).status).toBe(200);
  await relay.depart('held');
  expect(await brokenRules(station)).toEqual({});
});

test('a hold and its lifting at once end as one after the other', async () => {
  await outsideDriver(station, 'O2');
  await relay.arrive('race', 'G2', 'O2');
  const race = `/api/v1/visits/${idOf('race')}`;
  await operator().post(`${race}/holds`, { reasons: ['papers'] });
  const { holds } = (await operator().get(race)).body as unknown as Shown;
  const lifts = await Promise.all(
    [1, 2, 3].map(() => operator().post(`${race}/holds/${holds[0]?.holdId}/lifting`, { reason: 'settled' })),
  );
  expect(lifts.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409]);
  expect(await station.eventsOf('cargo.hold_lifted')).toHaveLength(4);
});

test('the template says what to inspect, and a check is as it says', async () => {
  await outsideDriver(station, 'O3');
  await relay.arrive('checked', 'G3', 'O3');
  const checks = `/api/v1/visits/${idOf('checked')}/checks`;
  expect((await operator().get(checks)).body).toMatchObject({
    flow: 'into_zone',
    policy: { id: 'cn-freight' },
    items: [
      { check: 'person', title: { zh: '人员', en: 'Person' } },
      { check: 'vehicle' },
      { check: 'pass' },
      { check: 'seal', needs: ['seal_number'], reasons: expect.arrayContaining(['torn']) as unknown },
    ],
  });
  const ask = (extra: object[]) => operator().post(checks, { checks: [...passed, ...extra] });
  expect(await ask([{ check: 'teapot', passed: true }])).toMatchObject(refused(400, 'VISIT.CHECK_UNKNOWN'));
  expect(await ask([{ check: 'seal', passed: true }])).toMatchObject(refused(400, 'VISIT.CHECK_TWICE'));
  expect(await ask([{ check: 'route', passed: false }])).toMatchObject(refused(400, 'VISIT.CHECK_WITHOUT_REASON'));
  expect((await ask([{ check: 'route', passed: true }])).body).toMatchObject({ checked: true });
  expect((await http.as({ role: 'operator', stations: ['PJ'] }).get(checks)).status).toBe(403);
});
