import { carrier, enterprise, jindong, openNetwork, outsideDriver } from '../../../../test/support/network.js';
import { arrivalOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { AnnounceVisit } from './announce-visit.js';
import { RegisterArrival, type RegisterArrivalInput } from './register-arrival.js';

let station: RunningStation;
let relay: Relay;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await outsideDriver(station, 'O1');
  relay = new Relay(station);
});
afterAll(() => station.close());

const arrival = arrivalOf('first', 'truck 1', 'O1', 'into_zone', jindong);
const goodsFor = (...enterpriseIds: string[]) =>
  enterpriseIds.map((enterpriseId, index) => ({ id: `C${index}`, enterpriseId, category: 'parts' }));

test.each<[string, Partial<RegisterArrivalInput>, object]>([
  ['CARRIER.NOT_FOUND', { carrierId: 'carrier-?' }, { carrierId: 'carrier-?' }],
  ['ENTERPRISE.NOT_FOUND', { consignments: goodsFor(enterprise, 'E8', 'E7') }, { enterpriseId: 'E8' }],
  ['STATION.NOT_FOUND', { stationCode: 'XX', zoneId: 'ZZ' }, { stationCode: 'XX' }],
  ['STATION.NOT_FOUND', { stationCode: 'XX' }, { stationCode: 'XX' }],
  ['ZONE.NOT_FOUND', { zoneId: 'ZZ' }, { zoneId: 'ZZ' }],
])('%s names who is missing, announced or at the gate (%j)', async (code, differently, details) => {
  const [name] = Object.values(details) as string[];
  const problem = { kind: 'not_found', code, details, message: expect.stringContaining(name) as string };
  const input = { ...arrival, ...differently };
  await expect(station.get(RegisterArrival).execute(relay.next(), input)).rejects.toMatchObject(problem);
  const announced = { ...input, expectedAt: station.clock.now() };
  await expect(station.get(AnnounceVisit).execute(relay.next(), announced)).rejects.toMatchObject(problem);
});

test('without a carrier and without goods nobody has to be registered', async () => {
  const input: Partial<typeof arrival> = { ...arrival, consignments: [] };
  delete input.carrierId;
  expect(await station.get(RegisterArrival).execute(relay.next(), input as typeof arrival)).toMatchObject({
    state: 'arrived',
  });
});

test('who still answers for one truck brings no other one, and both are named', async () => {
  const other = { ...arrivalOf('second', 'truck 2', 'O1', 'into_zone', jindong), carrierId: carrier };
  await expect(station.get(RegisterArrival).execute(relay.next(), other)).rejects.toMatchObject({
    kind: 'conflict',
    code: 'DRIVER.HOLDS_ANOTHER_TRUCK',
    message: 'driver O1 still answers for truck truck 1: hand it over or park it first',
    details: { driverId: 'O1', plate: 'truck 1' },
  });
});
