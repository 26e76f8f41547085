import { jindong, pujiang, zone } from '../../../../test/support/network.js';
import { idOf } from '../../../../test/support/relay.js';
import { RelayOverHttp } from '../../../../test/support/relay-over-http.js';
import type { HttpCaller } from '../../../../test/support/station-over-http.js';
import { Retention } from '../retention/retention.js';

let relay: RelayOverHttp;
let operator: HttpCaller;

const hour = 3_600_000;
const refused = (status: number, code: string) => ({ status, body: { code } });
const of = (name: string) => `/api/v1/visits/${idOf(name)}`;

async function announce(name: string, plate: string): Promise<void> {
  const truck = { plate, plateColour: 'yellow', licenceRequired: 'A2' };
  const expectedAt = new Date(relay.running.clock.now()).toISOString();
  const visit = { visitId: idOf(name), stationCode: jindong, zoneId: zone, flow: 'into_zone', truck, consignments: [] };
  const answer = await operator.post('/api/v1/visits/announcements', { ...visit, expectedAt });
  expect(answer.status).toBe(201);
}

/** A driver who has scanned the code at the gate. */
async function scanned(name: string): Promise<HttpCaller> {
  const { status, body } = await operator.post(`${of(name)}/gate-links`, {});
  expect(status).toBe(201);
  return relay.http.bearing(body.token);
}

beforeAll(async () => {
  relay = await RelayOverHttp.open();
  operator = relay.operator;
  for (const [name, plate] of [
    ['a', '浙G10001'],
    ['b', '浙G10002'],
    ['c', '浙G10003'],
  ] as const)
    await announce(name, plate);
});
afterAll(() => relay.close());

const said = { phone: '138 0000 0001', name: '张三', carrierName: '顺达物流', cargo: '布料，约 12 吨' };

it('keeps what a driver says of himself for whoever lets him in, as he has said it last', async () => {
  expect(await operator.get(`${of('a')}/gate-statement`)).toMatchObject(refused(404, 'GATE.NOTHING_SAID'));
  const driver = await scanned('a');
  expect((await driver.post(`${of('a')}/gate-statement`, { phone: '13800000009' })).status).toBe(200);
  relay.pass(1);
  const answer = await driver.post(`${of('a')}/gate-statement`, said);
  expect([answer.status, answer.body]).toEqual([200, { visitId: idOf('a') }]);
  expect((await operator.get(`${of('a')}/gate-statement`)).body).toEqual({
    ...said,
    phone: '13800000001',
    saidAt: expect.any(String) as unknown,
  });
  // Nobody is made known by it.
  expect((await operator.get(`/api/v1/intakes?stationCode=${jindong}`)).body.items).toEqual([]);
});

it('lies encrypted, and that it was read is recorded', async () => {
  const rows = await relay.running.database.rows<{ content: Buffer; owner: string }>(
    'SELECT content, owner FROM station.attachments',
  );
  for (const { content, owner } of rows) {
    expect(owner).toBe(`gate:${idOf('a')}`);
    expect(content.toString('utf8')).not.toMatch(/1380000|张三/);
  }
  const reads = await relay.running.database.rows('SELECT caller, person_id FROM station.personal_data_reads');
  expect(reads).toEqual([{ caller: 'operator:test', person_id: `gate:${idOf('a')}` }]);
});

it('is for the one visit of the code, and the code for nothing else', async () => {
  const driver = await scanned('a');
  const elsewhere = refused(403, 'IDENTITY.NOT_YOUR_VISIT');
  expect(await driver.post(`${of('b')}/gate-statement`, said)).toMatchObject(elsewhere);
  for (const path of ['/api/v1/caller', '/api/v1/stations', '/api/v1/handoffs', `/api/v1/drivers/gate:${idOf('a')}`])
    expect(await driver.get(path)).toMatchObject(elsewhere);
  expect((await driver.get(`${of('a')}/gate-statement`)).status).toBe(403);
  expect(await relay.driver('R1').post(`${of('a')}/gate-statement`, said)).toMatchObject(
    refused(403, 'GATE.WITHOUT_LINK'),
  );
  const far = relay.http.as({ role: 'operator', stations: [pujiang] });
  expect((await far.post(`${of('a')}/gate-links`, {})).status).toBe(403);
  expect((await far.get(`${of('a')}/gate-statement`)).status).toBe(403);
});

it('is refused for what is no phone, without saying what it was', async () => {
  const { status, body } = await (await scanned('a')).post(`${of('a')}/gate-statement`, { ...said, phone: '12' });
  expect([status, body]).toMatchObject([400, { errors: [{ field: 'phone' }] }]);
  expect(JSON.stringify(body)).not.toContain('"12"');
});

it('lets the operator take the driver in with his name and the company’s, where they are new', async () => {
  const { phone, name, carrierName } = said;
  const intake = { stationCode: jindong, plate: '浙G10001', phone, name, carrierName };
  const { driverId, carrierId } = (await operator.post('/api/v1/intakes', intake)).body as Record<string, string>;
  const { body } = await operator.get(`/api/v1/personal-data/driver:${driverId}`);
  expect(body).toMatchObject({ name, phone: '13800000001', missing: ['identityNumber'] });
  expect((await operator.get(`/api/v1/carriers/${carrierId}`)).body).toMatchObject({ name: carrierName });
  const other = { stationCode: jindong, plate: '浙G10009', phone, name: '李四', carrierName: '别家', carrierId };
  await operator.post('/api/v1/intakes', other);
  expect((await operator.get(`/api/v1/personal-data/driver:${driverId}`)).body).toMatchObject({ name });
  expect((await operator.get(`/api/v1/carriers/${carrierId}`)).body).toMatchObject({ name: carrierName });
});

it('is over once the truck will not come, and nowhere where there is none', async () => {
  const driver = await scanned('b');
  await operator.post(`${of('b')}/cancellation`, { reason: 'entered_by_mistake' });
  expect(await driver.post(`${of('b')}/gate-statement`, said)).toMatchObject(refused(409, 'GATE.TOO_LATE'));
  expect(await operator.post(`${of('b')}/gate-links`, {})).toMatchObject(refused(409, 'GATE.TOO_LATE'));
  expect(await operator.post(`${of('nowhere')}/gate-links`, {})).toMatchObject(refused(404, 'VISIT.NOT_FOUND'));
});

it('is destroyed a day later, with its key, and photos of the visit are taken all the same', async () => {
  await (await scanned('c')).post(`${of('c')}/gate-statement`, said);
  relay.running.clock.moveTo(relay.running.clock.now() + 25 * hour);
  await relay.running.get(Retention).fireDue();
  expect(await operator.get(`${of('c')}/gate-statement`)).toMatchObject(refused(404, 'GATE.NOTHING_SAID'));
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('seal')]);
  const headers = { 'content-type': 'image/jpeg', 'idempotency-key': 'photo' };
  expect((await operator.send(`${of('c')}/photos`, photo, headers)).status).toBe(201);
});
