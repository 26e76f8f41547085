import type { Licence } from '@yizhan/contracts';
import { carrier, jindong, pujiang } from '../../../../test/support/network.js';
import { RelayOverHttp } from '../../../../test/support/relay-over-http.js';
import type { HttpCaller } from '../../../../test/support/station-over-http.js';
import { brokenRules } from '../../../../test/support/verified.js';

let relay: RelayOverHttp;
let operator: HttpCaller;

beforeAll(async () => {
  relay = await RelayOverHttp.open();
  operator = relay.operator;
});
afterAll(() => relay.close());

const takeIn = (plate: string, phone: string, also: object = {}, key?: string) =>
  operator.post('/api/v1/intakes', { stationCode: jindong, plate, phone, ...also }, key);

describe('an intake', () => {
  it('makes a driver and a carrier of plate and phone, under ids that say nothing', async () => {
    const { status, body } = await takeIn('浙G10001', '13800000001', {}, 'first');
    expect([status, body]).toEqual([
      201,
      {
        driverId: expect.stringMatching(/^O-[0-9a-f]{16}$/),
        carrierId: expect.stringMatching(/^C-[0-9a-f]{16}$/),
        isDriverNew: true,
        isCarrierNew: true,
      },
    ]);
    expect((await takeIn('浙G10001', '13800000001', {}, 'first')).body).toEqual(body);
    expect((await takeIn('浙G10001', '13800000011', {}, 'first')).status).toBe(422);
    expect((await operator.get(`/api/v1/personal-data/driver:${String(body.driverId)}`)).body).toMatchObject({
      phone: '13800000001',
      missing: ['name', 'identityNumber'],
    });
  });

  it('knows a phone that it has seen, however it is written', async () => {
    const { body: first } = await takeIn('浙G10002', '13800000002');
    const { body: again } = await takeIn('浙G10003', '+86 138-0000-0002', { carrierId: carrier });
    expect(again).toEqual({ driverId: first.driverId, carrierId: carrier, isDriverNew: false, isCarrierNew: false });
    const { body } = await relay.http
      .as({ role: 'administrator' })
      .get(`/api/v1/personal-data/driver:${String(first.driverId)}/reads`);
    expect(body.items).toEqual([expect.objectContaining({ caller: 'operator:test', what: 'phone' })]);
  });

  it('knows a carrier by its phone', async () => {
    const { body: first } = await takeIn('浙G10004', '13800000004', { carrierPhone: '057985000004' });
    const { body: second } = await takeIn('浙G10005', '13800000005', { carrierPhone: '0579-85000004' });
    expect(second).toMatchObject({ carrierId: first.carrierId, isDriverNew: true, isCarrierNew: false });
  });

  it('is refused where the phone is a relay driver’s, none, or the carrier or station is not known', async () => {
    await relay.enrol('R9', { onShift: false });
    await relay.http.as({ role: 'administrator' }).post('/api/v1/personal-data/driver:R9', { phone: '13800000009' });
    expect((await takeIn('浙G10006', '13800000009')).body).toMatchObject({ code: 'INTAKE.NOT_FROM_OUTSIDE' });
    expect((await takeIn('浙G10006', '12800000000')).body).toMatchObject({ errors: [{ field: 'phone' }] });
    expect((await takeIn('浙G10006', '13800000006', { carrierPhone: '1' })).body).toMatchObject({
      errors: [{ field: 'carrierPhone' }],
    });
    expect((await takeIn('浙G10006', '13800000006', { carrierId: 'C9' })).body).toMatchObject({
      code: 'CARRIER.NOT_FOUND',
    });
    const elsewhere = { stationCode: 'elsewhere' };
    expect((await takeIn('浙G10006', '13800000006', elsewhere)).body).toMatchObject({
      code: 'IDENTITY.NOT_YOUR_STATION',
    });
  });

  it('is listed with what is missing until it is complete', async () => {
    const { body } = await takeIn('浙G10007', '13800000007', { carrierPhone: '13800000070' });
    const [driver, company] = [`driver:${String(body.driverId)}`, `carrier:${String(body.carrierId)}`];
    const missing = async (): Promise<Record<string, string[]>> => {
      const list = (await operator.get('/api/v1/intakes?limit=200')).body as unknown as {
        items: { personId: string; missing: string[] }[];
      };
      const ours = list.items.filter(({ personId }) => [driver, company].includes(personId));
      return Object.fromEntries(ours.map((item) => [item.personId, item.missing]));
    };
    expect(await missing()).toEqual({ [driver]: ['name', 'identityNumber', 'licences'], [company]: ['carrierName'] });
    await operator.post(`/api/v1/personal-data/${driver}`, { name: '赵六', identityNumber: '440524188001010014' });
    await operator.post(`/api/v1/intakes/carriers/${String(body.carrierId)}/completion`, { name: '义乌快运' });
    expect(await missing()).toEqual({ [driver]: ['licences'] });
    await operator.post(`/api/v1/intakes/drivers/${String(body.driverId)}/completion`, { licences: ['A2'] });
    expect(await missing()).toEqual({});
    const elsewhere = relay.http.as({ role: 'operator', stations: [pujiang] });
    expect((await elsewhere.get('/api/v1/intakes')).body).toEqual({ items: [], next: null });
  });

  it('is completed once', async () => {
    const { body } = await takeIn('浙G10008', '13800000008');
    const completion = (licences: Licence[]) =>
      operator.post(`/api/v1/intakes/drivers/${String(body.driverId)}/completion`, { licences });
    expect((await completion([])).body).toMatchObject({ errors: [{ field: 'licences' }] });
    expect((await completion(['A2'])).status).toBe(200);
    expect((await completion(['A1'])).body).toMatchObject({ code: 'DRIVER.ALREADY_COMPLETE' });
    const naming = () =>
      operator.post(`/api/v1/intakes/carriers/${String(body.carrierId)}/completion`, { name: '顺达' });
    expect((await naming()).status).toBe(200);
    expect((await naming()).body).toMatchObject({ code: 'CARRIER.ALREADY_COMPLETE' });
    const nobody = await operator.post('/api/v1/intakes/carriers/nobody/completion', { name: '顺达' });
    expect(nobody.body).toMatchObject({ code: 'CARRIER.NOT_FOUND' });
  });

  it('brings its truck at once, and the log keeps every rule', async () => {
    await relay.enrol('R1');
    const { body } = await takeIn('浙G10010', '13800000010', { carrierId: carrier });
    const driverId = String(body.driverId);
    await relay.arrive('v10', '浙G10010', driverId);
    expect(await relay.relay('v10', driverId)).toBe('R1');
    expect(await brokenRules(relay.running)).toEqual({});
  });
});
