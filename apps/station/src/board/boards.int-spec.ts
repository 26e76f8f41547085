import { toIso } from '@yizhan/kernel';
import { jindong, openNetwork, outsideDriver, pujiang, relayDriver, zone } from '../../../../test/support/network.js';
import { Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type StationOverHttp, stationOverHttp } from '../../../../test/support/station-over-http.js';
import type { BoardResponse } from './board.dto.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await relayDriver(station, 'R1');
  await relayDriver(station, 'R2', { hours: 2 });
  await relayDriver(station, 'R3', { stationCode: pujiang });
  for (const driverId of ['O1', 'O2']) await outsideDriver(station, driverId);
  relay = new Relay(station);
  await relay.swap('one', '浙G1', 'O1', 'R1');
  await relay.depart('one');
  await relay.arrive('two', '浙G2', 'O2');
  await relay.check('two');
  await station.drain();
  http = await stationOverHttp(station);
});

afterAll(async () => {
  await http.close();
  await station.close();
});

const read = async (stationCode: string) => {
  const { status, body } = await http
    .as({ role: 'operator', stations: [jindong] })
    .get(`/api/v1/stations/${stationCode}/board`);
  return { status, board: body as unknown as BoardResponse };
};

it('shows trucks with what may be done next, who drives them and the colour of their plates', async () => {
  const { status, board } = await read(jindong);
  expect(status).toBe(200);
  expect(board.station).toMatchObject({ stationCode: jindong, state: 'open', bays: ['1', '2'], zoneIds: ['yiwu'] });
  expect(board.visits.map(({ plate, state }) => [plate, state])).toEqual([
    ['浙G2', 'arrived'],
    ['浙G1', 'departed'],
  ]);
  expect(board.visits[0]).toMatchObject({ plateColour: 'yellow', handoffState: 'requested', checked: true });
  expect(board.visits[0]?.allowedSteps).toContain('assign');
  expect(board.visits[0]?.readyAt).toBeDefined();
  expect(board.isCut).toBe(false);
});

it('shows who is on duty here, for how long he may drive and what he has; and who has come from outside', async () => {
  const { board } = await read(jindong);
  expect(board.driversOnDuty.map(({ driverId }) => driverId)).toEqual(['R1', 'R2']);
  expect(board.driversOnDuty[0]).toMatchObject({ holdsPlate: '浙G1' });
  const [, second] = board.driversOnDuty;
  expect(second?.minutesLeft).toBeGreaterThan(0);
  expect(second?.minutesLeft).toBeLessThanOrEqual(120);
  expect(board.outsideDrivers).toContainEqual(expect.objectContaining({ driverId: 'O2', holdsPlate: '浙G2' }));
});

it('names the position from which the log goes on', async () => {
  const { board } = await read(jindong);
  const events = await station.eventsOf('visit.checked');
  expect(Number(board.position)).toBeGreaterThanOrEqual(Number(events.at(-1)?.position));
});

it('is for those who work there', async () => {
  expect((await read(pujiang)).status).toBe(403);
  const { status } = await http.as({ role: 'administrator' }).get('/api/v1/stations/nowhere/board');
  expect(status).toBe(404);
});

it('shows one truck as the whole board does, and nothing of one that stands elsewhere', async () => {
  const { board } = await read(jindong);
  const readVisit = async (stationCode: string, visitId = '') =>
    (await http.as({ role: 'administrator' }).get(`/api/v1/stations/${stationCode}/board/visits/${visitId}`)).body;
  for (const visit of board.visits) {
    expect(await readVisit(jindong, visit.visitId)).toMatchObject({ position: board.position, visit });
  }
  const elsewhere = await readVisit(pujiang, board.visits[0]?.visitId);
  expect(Object.keys(elsewhere).toSorted()).toEqual(['asOf', 'position']);
});

it('says until when a driver who is asked has to accept, on the board and of the handoff, and nothing once he has', async () => {
  await relayDriver(station, 'R4');
  const asked = await relay.assign('two', 'R4');
  const acceptBy = toIso(station.clock.now() + 300_000);
  const path = `/api/v1/handoffs/${asked.handoffId ?? ''}`;
  const told = async () => {
    const [visit] = (await read(jindong)).board.visits;
    const { body } = await http.as({ role: 'operator', stations: [jindong] }).get(path);
    return [visit?.handoffState, visit?.acceptBy, body['acceptBy']];
  };
  expect(await told()).toEqual(['assigned', acceptBy, acceptBy]);
  await relay.accept('two', 'R4');
  expect(await told()).toEqual(['accepted', undefined, undefined]);
});

it('says which trucks each driver may take, by licence and credentials, and what a truck asks for', async () => {
  const { board } = await read(jindong);
  const [truck] = board.visits;
  expect(truck?.licenceRequired).toBe('A2');
  const [first] = board.driversOnDuty;
  expect(first?.zoneId).toBe(zone);
  const trucks = new Map(first?.trucks.map(({ licence, ...more }) => [licence, more]));
  expect([...trucks.keys()]).toEqual(['A2', 'B1', 'B2', 'C1']);
  expect(trucks.get('A2')).toEqual({ isQualified: true, qualifiedUntil: expect.any(String) });
  // A light truck asks for no qualification.
  expect(trucks.get('C1')).toEqual({ isQualified: true });
  const outside = board.outsideDrivers.find(({ driverId }) => driverId === 'O2');
  expect(outside?.trucks.map(({ licence }) => licence)).toContain('A2');
});
