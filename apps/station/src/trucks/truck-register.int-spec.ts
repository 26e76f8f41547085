import { randomUUID } from 'node:crypto';
import { area, carrier, jindong, openNetwork, outsideDriver, zone } from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;
const operator = () => http.as({ role: 'operator', stations: [jindong] });
const ofCarrier = () => http.as({ role: 'carrier', carrierId: carrier });
const truck = (plate: string, more: object = {}) => ({
  plate,
  plateColour: 'yellow',
  licenceRequired: 'A2',
  areaCode: area,
  carrierId: carrier,
  baseZoneId: null,
  ...more,
});

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await outsideDriver(station, 'O1');
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test('a carrier registers its own trucks, staff those of their areas', async () => {
  expect(await ofCarrier().post('/api/v1/trucks', truck('G1', { baseZoneId: zone }))).toMatchObject({
    status: 201,
    body: { plate: 'G1', areaCode: area, version: 1 },
  });
  expect(await station.eventsOf('truck.registered')).toMatchObject([
    { subject: 'truck/G1', carrierid: carrier, data: { plate: 'G1', carrierId: carrier, baseZoneId: zone } },
  ]);
  expect(await ofCarrier().post('/api/v1/trucks', truck('G2', { carrierId: 'other' }))).toMatchObject({
    status: 403,
    body: { code: 'IDENTITY.NOT_YOUR_TRUCK' },
  });
  expect((await http.as({ role: 'operator', stations: ['XX'] }).post('/api/v1/trucks', truck('G2'))).status).toBe(403);
  expect(await operator().post('/api/v1/trucks', truck('G1'))).toMatchObject({
    status: 409,
    body: { code: 'TRUCK.ALREADY_REGISTERED' },
  });
});

test.each([
  [{ carrierId: 'nobody' }, 'CARRIER.NOT_FOUND'],
  [{ baseZoneId: 'nowhere' }, 'ZONE.NOT_FOUND'],
])('a truck of %j is not registered', async (wrong, code) => {
  expect(await operator().post('/api/v1/trucks', truck('G3', wrong))).toMatchObject({ status: 404, body: { code } });
});

test('a truck that a gate has seen keeps its carrier, and is not taken by another', async () => {
  await station.database.rows(
    `INSERT INTO station.trucks (plate, area_code, plate_colour, licence_required, carrier_id) VALUES ('G9', $1, 'yellow', 'B2', $2)`,
    [area, carrier],
  );
  await http.as({ role: 'administrator' }).post('/api/v1/carriers', { carrierId: 'carrier-9', name: 'Nine' });
  const bare = { plate: 'G9', plateColour: 'blue', licenceRequired: 'C1', areaCode: area, baseZoneId: null };
  const administrator = http.as({ role: 'administrator' });
  expect(await administrator.post('/api/v1/trucks', { ...bare, carrierId: 'carrier-9' })).toMatchObject({
    status: 409,
  });
  expect(await administrator.post('/api/v1/trucks', bare)).toMatchObject({ status: 201 });
  expect((await station.eventsOf('truck.registered')).at(-1)).toMatchObject({
    subject: 'truck/G9',
    carrierid: carrier,
    data: { plateColour: 'blue', carrierId: carrier },
  });
  expect(await ofCarrier().get('/api/v1/trucks/G9')).toMatchObject({ status: 200, body: { carrierId: carrier } });
});

test('what is not named stays; null takes it away', async () => {
  await operator().post('/api/v1/trucks', truck('G4', { trailerPlate: 'T4' }));
  expect(
    await operator().post('/api/v1/trucks/G4/details', { plateColour: 'green', trailerPlate: null }),
  ).toMatchObject({
    status: 200,
    body: { version: 2 },
  });
  const { body } = await operator().get('/api/v1/trucks/G4');
  expect(body).toMatchObject({ plateColour: 'green', licenceRequired: 'A2', carrierId: carrier });
  expect(body).not.toHaveProperty('trailerPlate');
  expect((await station.eventsOf('truck.changed')).at(-1)).toMatchObject({
    data: { plate: 'G4', plateColour: 'green' },
  });
  expect(await operator().post('/api/v1/trucks/G4/details', {})).toMatchObject({
    status: 400,
    body: { code: 'TRUCK.NOTHING_CHANGES' },
  });
  expect((await operator().post('/api/v1/trucks/G0/details', { plateColour: 'green' })).status).toBe(404);
});

test('a stay goes by the carrier, and a handoff by the licence that it was asked for with', async () => {
  const { plate, plateColour, licenceRequired } = truck('G5');
  const visitId = randomUUID();
  const visit = { visitId, stationCode: jindong, zoneId: zone, flow: 'into_zone', consignments: [] };
  const arrival = { ...visit, truck: { plate, plateColour, licenceRequired }, carrierId: carrier, driverId: 'O1' };
  expect((await operator().post('/api/v1/visits', arrival)).status).toBe(201);
  const details = '/api/v1/trucks/G5/details';
  const refused = (code: string) => ({ status: 409, body: { code } });
  expect(await operator().post(details, { carrierId: null })).toMatchObject(refused('TRUCK.AT_A_STATION'));
  // Who does not act there says so to the station.
  for (const other of [ofCarrier(), http.as({ role: 'command_centre', areas: [area] })])
    expect(await other.post(details, { licenceRequired: 'B2' })).toMatchObject(refused('TRUCK.AT_A_STATION'));
  expect((await operator().post(details, { trailerPlate: 'T5' })).status).toBe(200);
  // The gate has recorded it wrongly, and nothing goes by it yet.
  expect((await operator().post(details, { licenceRequired: 'B2' })).status).toBe(200);

  const checks = ['person', 'vehicle', 'pass', 'seal'].map((check) => ({ check, passed: true }));
  const check = () => operator().post(`/api/v1/visits/${visitId}/checks`, { checks });
  const handoffId = String((await check()).body['handoffId']);
  expect(await operator().post(details, { licenceRequired: 'A1' })).toMatchObject({
    ...refused('TRUCK.SWAP_GOES_BY_LICENCE'),
    body: { code: 'TRUCK.SWAP_GOES_BY_LICENCE', handoffState: 'requested' },
  });
  expect((await operator().post(`/api/v1/handoffs/${handoffId}/abortion`, { reason: 'wrong_licence' })).status).toBe(
    200,
  );
  expect((await operator().post(details, { licenceRequired: 'A1' })).status).toBe(200);
  expect((await check()).status).toBe(200);
  const asked = (await station.eventsOf('handoff.requested')).map(({ data }) => data);
  expect(asked).toMatchObject([{ requirements: { licence: 'B2' } }, { requirements: { licence: 'A1' } }]);
  expect((await station.eventsOf('truck.changed')).slice(-2)).toMatchObject([
    { data: { plate: 'G5', licenceRequired: 'B2' } },
    { data: { plate: 'G5', licenceRequired: 'A1' } },
  ]);
});
