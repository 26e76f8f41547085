import {
  area,
  carrier,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
} from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { EndShift } from '../drivers/end-shift.js';
import { EnrolDriver } from '../drivers/enrol-driver.js';

const lin = { name: '林小路', phone: '13800138000', identityNumber: '11010519491231002X' };
let station: RunningStation;
let http: StationOverHttp;
let administrator: HttpCaller;
let lead: HttpCaller;
let operator: HttpCaller;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  http = await stationOverHttp(station);
  administrator = http.as({ role: 'administrator' });
  lead = http.as({ role: 'shift_lead', stations: [jindong] });
  operator = http.as({ role: 'operator', stations: [jindong] });
  await station.get(EnrolDriver).execute(station.request('at home'), {
    driverId: 'H1',
    areaCode: area,
    insideZoneId: null,
    licences: ['A2'],
    homeStationCode: jindong,
  });
  for (const driverId of ['R1', 'R2', 'R3']) await relayDriver(station, driverId);
  await outsideDriver(station, 'O1');
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

const of = (personId: string): string => `/api/v1/personal-data/${personId}`;

describe('personal data over HTTP', () => {
  it('are recorded by the lead and read by each as far as he may', async () => {
    expect(await lead.post(of('driver:H1'), lin)).toMatchObject({
      status: 200,
      body: { personId: 'driver:H1', known: ['identityNumber', 'name', 'phone'], missing: [] },
    });
    const seenBy = async (caller: HttpCaller) => (await caller.get(of('driver:H1'))).body;
    expect(await seenBy(lead)).toMatchObject(lin);
    expect(await seenBy(administrator)).toMatchObject(lin);
    expect(await seenBy(http.as({ role: 'driver', driverId: 'H1' }))).toMatchObject(lin);
    const toOperator = await seenBy(operator);
    expect(toOperator).toMatchObject({ name: lin.name, phone: lin.phone });
    expect(toOperator).not.toHaveProperty('identityNumber');
  });

  it.each<[string, Parameters<StationOverHttp['as']>[0], string]>([
    ['an operator elsewhere', { role: 'operator', stations: [pujiang] }, 'PERSONAL_DATA.NOT_YOURS'],
    ['another driver', { role: 'driver', driverId: 'R1' }, 'PERSONAL_DATA.NOT_YOURS'],
    ['the command centre', { role: 'command_centre', areas: [area] }, 'IDENTITY.ROLE_NOT_ALLOWED'],
    ['a carrier', { role: 'carrier', carrierId: carrier }, 'PERSONAL_DATA.NOT_YOURS'],
  ])('are not for %s', async (_who, claims, code) => {
    const { status, body } = await http.as(claims).get(of('driver:H1'));
    expect([status, body.code]).toEqual([403, code]);
  });

  it('are completed by operators, and not changed by them', async () => {
    expect(await operator.post(of('driver:R1'), { phone: '13800138001' })).toMatchObject({
      status: 200,
      body: { missing: ['name', 'identityNumber'] },
    });
    expect(await operator.post(of('driver:R1'), { phone: '13800138002' })).toMatchObject({
      status: 403,
      body: { code: 'PERSONAL_DATA.KNOWN_ALREADY', fields: ['phone'] },
    });
    expect((await operator.post(of('driver:R1'), { name: '王五' })).status).toBe(200);
    expect((await operator.get(of('driver:R1'))).body).toMatchObject({ name: '王五', phone: '13800138001' });
  });

  it('are taken away by null', async () => {
    await administrator.post(of('driver:R2'), lin);
    expect((await administrator.post(of('driver:R2'), { phone: null })).body).toMatchObject({ missing: ['phone'] });
    expect((await administrator.get(of('driver:R2'))).body).not.toHaveProperty('phone');
  });

  it('are refused with the fields that are wrong, and never with what they hold', async () => {
    const wrong = { phone: '12800138000', identityNumber: '110105194912310021' };
    const { status, body } = await administrator.post(of('driver:R1'), wrong);
    expect([status, body.code, body.errors]).toEqual([
      400,
      'REQUEST.INVALID',
      [
        { field: 'phone', faults: [expect.stringContaining('is no phone number')] },
        { field: 'identityNumber', faults: [expect.stringContaining('is no identity number')] },
      ],
    ]);
    for (const value of Object.values(wrong)) expect(JSON.stringify(body)).not.toContain(value);
  });

  it('get the answer that was given where a request is sent again, and are not told apart by its digest', async () => {
    const first = await administrator.post(of('driver:R2'), { phone: '13900000002' }, 'again');
    expect(await administrator.post(of('driver:R2'), { phone: '13900000002' }, 'again')).toMatchObject({
      body: first.body,
    });
    expect((await administrator.post(of('driver:R2'), { phone: '13900000003' }, 'again')).status).toBe(422);
  });

  it('are those of a carrier and of an operator too', async () => {
    expect((await lead.post(of(`carrier:${carrier}`), { phone: '13900000009' })).status).toBe(200);
    const own = http.as({ role: 'carrier', carrierId: carrier });
    expect((await own.get(of(`carrier:${carrier}`))).body).toMatchObject({ phone: '13900000009' });
    expect((await administrator.post(of('operator:lin'), { name: '林' })).status).toBe(200);
    expect((await operator.get(of('operator:lin'))).status).toBe(403);
    expect((await administrator.get(of('carrier:nobody'))).body).toMatchObject({ code: 'CARRIER.NOT_FOUND' });
    expect((await administrator.get(of('driver:nobody'))).body).toMatchObject({ code: 'DRIVER.NOT_FOUND' });
    expect((await administrator.get(of('visit:1'))).body).toMatchObject({ code: 'PERSONAL_DATA.NO_PERSON' });
  });

  it('say who has looked, page by page', async () => {
    await administrator.post(of('driver:O1'), { phone: '13800138009' });
    await lead.get(of('driver:O1'));
    await administrator.get(of('driver:O1'));
    const { body: first } = await http.as({ role: 'driver', driverId: 'O1' }).get(`${of('driver:O1')}/reads?limit=1`);
    expect(first.items).toEqual([expect.objectContaining({ caller: 'administrator:test' })]);
    const { body: second } = await lead.get(`${of('driver:O1')}/reads?limit=1&after=${String(first.next)}`);
    expect(second).toEqual({
      items: [{ caller: 'shift_lead:test', what: 'name, phone, identityNumber', readAt: expect.any(String) }],
      next: null,
    });
    expect((await operator.get(`${of('driver:H1')}/reads`)).status).toBe(403);
  });
});

describe('an erasure', () => {
  it('waits until he is off shift', async () => {
    const { status, body } = await administrator.post(`${of('driver:R3')}/erasure`, { reason: 'asked_for_it' });
    expect([status, body.code]).toEqual([409, 'DRIVER.STILL_ON_SHIFT']);
  });

  it('is for good: he is known by his id alone, and nothing can be assigned to him', async () => {
    await station.get(EndShift).execute(station.request('R3 goes'), { driverId: 'R3' });
    await administrator.post(of('driver:R3'), lin);
    const erasure = `${of('driver:R3')}/erasure`;
    const { status, body } = await administrator.post(erasure, { reason: 'asked_for_it' }, 'erase');
    expect([status, body.personId]).toEqual([200, 'driver:R3']);
    expect((await administrator.post(erasure, { reason: 'asked_for_it' }, 'erase')).body).toEqual(body);
    for (const answer of [
      await administrator.get(of('driver:R3')),
      await administrator.post(of('driver:R3'), lin),
      await administrator.post(erasure, { reason: 'asked_for_it' }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([410, 'PERSONAL_DATA.ERASED']);
    }
    expect(await station.eventsOf('driver.erased')).toEqual([
      expect.objectContaining({
        subject: 'driver/R3',
        data: { driverId: 'R3', erasedAt: body.erasedAt, reason: 'asked_for_it' },
      }),
    ]);
    expect((await administrator.get('/api/v1/drivers/R3')).body).toMatchObject({ driverId: 'R3', licences: [] });
  });

  it('is not for operators', async () => {
    const { status } = await operator.post(`${of('driver:H1')}/erasure`, { reason: 'asked_for_it' });
    expect(status).toBe(403);
  });
});
