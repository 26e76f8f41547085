import { jindong, openNetwork, outsideDriver, pujiang, relayDriver } from '../../../../test/support/network.js';
import { Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { StartShift } from '../drivers/start-shift.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;

const operator = (at = jindong): HttpCaller => http.as({ role: 'operator', stations: [at], sub: 'operator:lin' });
const lead = (name: string): HttpCaller =>
  http.as({ role: 'shift_lead', stations: [jindong], sub: `shift_lead:${name}` });
const refused = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) as unknown });
const said = <Body>({ body }: { readonly body: unknown }): Body => body as Body;
const care = (driverId: string, what: string, who = operator()) =>
  who.post(`/api/v1/stations/${jindong}/waiting-drivers/${driverId}/${what}`);

interface Board {
  readonly care: object;
  readonly outsideDrivers: readonly { driverId: string; restSince?: string; meals: number; lastMealId?: string }[];
}
const board = async (): Promise<Board> => said<Board>(await operator().get(`/api/v1/stations/${jindong}/board`));
const briefing = async (): Promise<object> =>
  said<{ care: object }>(await lead('wang').get(`/api/v1/stations/${jindong}/reports/handover`)).care;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
  for (const number of [1, 2, 3]) {
    await outsideDriver(station, `O${number}`);
    await relay.arrive(`visit ${number}`, `G${number}`, `O${number}`);
  }
  await relayDriver(station, 'R1');
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('a station has rest places once its lead says how many, and no more drivers hold one than there are', async () => {
  expect(await care('O1', 'rest-place')).toMatchObject(refused(409, 'REST_PLACE.NONE_LEFT'));
  const places = (who: HttpCaller, restPlaces: number) =>
    who.post(`/api/v1/stations/${jindong}/rest-places`, { restPlaces });
  expect((await places(operator(), 2)).status).toBe(403);
  expect((await places(lead('wang'), 1)).status).toBe(200);
  const answers = await Promise.all(['O1', 'O2', 'O3'].map((driverId) => care(driverId, 'rest-place')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
  const holder = (await board()).outsideDrivers.find(({ restSince }) => restSince !== undefined)?.driverId ?? '';
  expect(await care(holder, 'rest-place')).toMatchObject(refused(409, 'REST_PLACE.HAS_ONE'));
  expect((await board()).care).toEqual({ restPlaces: 1, restPlacesTaken: 1, meals: 0 });
  expect((await care(holder, 'rest-place/return')).body).toMatchObject({ hasRestPlace: false });
  expect(await care(holder, 'rest-place/return')).toMatchObject(refused(409, 'REST_PLACE.HAS_NONE'));
  expect(await briefing()).toEqual({ restPlaces: 1, restPlacesTaken: 0, meals: 0 });
});

test('it is for outside drivers who are there, by those who work there', async () => {
  expect(await care('R1', 'meals')).toMatchObject(refused(409, 'WAITING.NOT_FROM_OUTSIDE'));
  await outsideDriver(station, 'O-elsewhere');
  expect(await care('O-elsewhere', 'meals')).toMatchObject(refused(409, 'WAITING.NOT_HERE'));
  expect(await care('O1', 'meals', operator(pujiang))).toMatchObject(refused(403, 'IDENTITY.NOT_YOUR_STATION'));
});

test('who leaves the station gives his place back by that, and it is not his when he comes again', async () => {
  await care('O3', 'rest-place');
  await relay.depart('visit 3', { outcome: 'turned_away' });
  expect((await board()).care).toMatchObject({ restPlacesTaken: 0 });
  await relay.arrive('visit 4', 'G3', 'O3');
  expect((await board()).outsideDrivers.find(({ driverId }) => driverId === 'O3')).not.toHaveProperty('restSince');
});

test('meals are counted by driver and shift, and a mistake is taken back', async () => {
  await care('O1', 'meals');
  await care('O1', 'meals');
  await care('O2', 'meals');
  const [first] = (await board()).outsideDrivers;
  expect(first).toMatchObject({ driverId: 'O1', meals: 2 });
  const takeBack = () => operator().post(`/api/v1/stations/${jindong}/meals/${first?.lastMealId}/retraction`);
  expect((await takeBack()).body).toMatchObject({ driverId: 'O1' });
  expect(await takeBack()).toMatchObject(refused(404, 'MEAL.NOT_FOUND'));
  expect((await board()).outsideDrivers.map(({ meals }) => meals)).toEqual([1, 1, 0]);
  expect(await briefing()).toMatchObject({ meals: 2 });
  // The next shift begins at nothing.
  station.clock.moveTo(station.clock.now() + 60_000);
  const offered = said<{ handoverId: string }>(await lead('wang').post(`/api/v1/stations/${jindong}/shift-handovers`));
  await lead('zhao').post(`/api/v1/shift-handovers/${offered.handoverId}/takeover`);
  expect((await board()).care).toMatchObject({ meals: 0 });
  expect((await board()).outsideDrivers.map(({ meals }) => meals)).toEqual([0, 0, 0]);
});

test('who begins a shift at another station does not take his place along', async () => {
  await outsideDriver(station, 'O4');
  await relay.arrive('visit 5', 'G5', 'O4');
  expect((await care('O4', 'rest-place')).status).toBe(200);
  const shift = { driverId: 'O4', stationCode: pujiang, endsAt: station.clock.now() + 3_600_000 };
  await station.get(StartShift).execute(station.request('shift elsewhere'), shift);
  const read = `SELECT station_code AS at, rest_since AS "restSince" FROM station.drivers WHERE driver_id = 'O4'`;
  expect(await station.database.rows(read)).toEqual([{ at: pujiang, restSince: null }]);
});

test('the log says it, and keeps every rule', async () => {
  expect(await station.eventsOf('driver.rest_place_taken')).toHaveLength(3);
  expect(await station.eventsOf('driver.meal_given')).toHaveLength(3);
  expect(await station.eventsOf('driver.meal_taken_back')).toHaveLength(1);
  expect(Object.keys(await brokenRules(station))).toEqual([]);
});
