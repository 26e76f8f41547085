import { toIso } from '@yizhan/kernel';
import { area, enterprise, jindong, openNetwork, zone } from '../../../../test/support/network.js';
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

test('an enterprise reads the visits with its own consignments, of which it is told alone, and no other', async () => {
  const administrator = http.as({ role: 'administrator' });
  const [one, other] = [enterprise, 'enterprise-2'].map((enterpriseId) =>
    http.as({ role: 'enterprise', enterpriseId }),
  );
  const [shared, foreign] = ['20001', '20002'];
  for (const enterpriseId of ['enterprise-2', 'enterprise-3'])
    await administrator.post('/api/v1/enterprises', { enterpriseId, areaCode: area, name: enterpriseId });
  for (const body of [
    announcement(shared, 'into_zone', enterprise, 'enterprise-2', 'enterprise-2'),
    announcement(foreign, 'into_zone', 'enterprise-3'),
  ]) {
    expect(await administrator.post('/api/v1/visits/announcements', body)).toMatchObject({ status: 201 });
  }
  const ofOther = await other.get('/api/v1/visits');
  expect(ofOther).toMatchObject({ status: 200, body: { items: [{ visitId: idOf(shared) }] } });
  const read = await other.get(`/api/v1/visits/${idOf(shared)}`);
  expect(read.body.consignments).toMatchObject([{ id: 'C1' }, { id: 'C2' }]);
  const ofOne = (await one.get('/api/v1/visits')).body as unknown as {
    items: { visitId: string; consignments: object[] }[];
  };
  expect(ofOne.items.map(({ visitId }) => visitId).toSorted()).toEqual(['10001', '10002', shared].map(idOf).toSorted());
  expect(ofOne.items.flatMap(({ consignments }) => consignments)).toEqual(
    Array.from({ length: 5 }, () => expect.objectContaining({ enterpriseId: enterprise }) as unknown),
  );
  expect(await one.get(`/api/v1/visits/${idOf(foreign)}`)).toMatchObject({ status: 404 });
  expect(await one.get(`/api/v1/visits/${idOf(shared)}/history`)).toMatchObject({ status: 403 });
});

test('an enterprise reads itself, and no other', async () => {
  const one = http.as({ role: 'enterprise', enterpriseId: enterprise });
  expect(await one.get(`/api/v1/enterprises/${enterprise}`)).toMatchObject({
    status: 200,
    body: { enterpriseId: enterprise },
  });
  expect(await one.get('/api/v1/enterprises/enterprise-2')).toMatchObject({ status: 403 });
});
