import { toIso } from '@yizhan/kernel';
import { enterprise, jindong, openNetwork, zone } from '../../../../test/support/network.js';
import { idOf, truckOf } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';

let station: RunningStation;
let http: StationOverHttp;
const announcement = (visit: string, flow: string, ...enterpriseIds: string[]) => ({
  visitId: idOf(visit),
  stationCode: jindong,
  zoneId: zone,
  flow,
  truck: truckOf(`浙G${visit}`),
  expectedAt: toIso(station.clock.now() + 60_000),
  consignments: enterpriseIds.map((enterpriseId, index) => ({ id: `C${index}`, enterpriseId, category: 'parts' })),
});
const announce = (body: object) =>
  http.as({ role: 'enterprise', enterpriseId: enterprise }).post('/api/v1/visits/announcements', body);

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

test.each([
  ['10001', 'into_zone'],
  ['10002', 'out_of_zone'],
])('an enterprise announces a truck with its own consignments (%s, %s)', async (visit, flow) => {
  const answer = await announce(announcement(visit, flow, enterprise, enterprise));
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  const [event] = (await station.eventsOf('visit.announced')).slice(-1);
  expect(event.data).toMatchObject({ visitId: idOf(visit), flow });
});

test.each([
  ['nobody’s', []],
  ['another’s', ['enterprise-2']],
  ['its own and another’s', [enterprise, 'enterprise-2']],
])('but not one with %s', async (_whose, enterpriseIds) => {
  expect(await announce(announcement('10003', 'into_zone', ...enterpriseIds))).toMatchObject({
    status: 403,
    body: { code: 'IDENTITY.NOT_YOUR_CONSIGNMENT' },
  });
});
