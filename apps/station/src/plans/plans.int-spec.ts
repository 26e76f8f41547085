import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { area, carrier, jindong, openNetwork, outsideDriver, pujiang, zone } from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { brokenRules } from '../../../../test/support/verified.js';

let station: RunningStation;
let http: StationOverHttp;
const hour = 3_600_000;
const commandCentre = () => http.as({ role: 'command_centre', areas: [area, 'yiwu'] });
const lead = () => http.as({ role: 'shift_lead', stations: ['NEW', jindong] });
const plans = '/api/v1/plans';

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

const template = (more: object = {}) => ({
  title: 'A plan',
  zone: {
    zoneId: 'dongyang',
    level: 'sealed',
    countyCodes: ['330783'],
    policy: { id: 'cn-freight', version: '2026-11' },
  },
  stations: [
    {
      stationCode: 'NEW',
      name: 'New',
      countyCode: '330783',
      location: { latitude: 29.2, longitude: 120.2 },
      bays: ['1'],
      assignmentMode: 'review',
    },
    {
      stationCode: jindong,
      name: 'Jindong',
      countyCode: '330703',
      location: { latitude: 29.1, longitude: 119.9 },
      bays: ['1'],
    },
  ],
  pool: [
    { driverId: 'P1', licences: ['A2'], homeStationCode: 'NEW' },
    { driverId: 'P2', licences: ['B2'] },
  ],
  enterprises: [{ enterpriseId: 'E1', name: 'One', priority: 4 }],
  duties: [
    { stationCode: 'NEW', role: 'lead', personIds: ['shift_lead:wang'], days: [1, 2], from: '08:00', until: '20:00' },
    { stationCode: 'NEW', role: 'driver', personIds: ['P1', 'P2'], days: [1, 2], from: '22:00', until: '06:00' },
  ],
  ...more,
});
const store = (more: object = {}, planId = 'plan-1') =>
  commandCentre().post(plans, { planId, areaCode: area, template: template(more) });
const count = async (table: string) =>
  (await station.database.rows<{ n: number }>(`SELECT count(*)::int AS n FROM station.${table}`))[0]?.n;
const all = async () => [
  await count('zones'),
  await count('stations'),
  await count('drivers'),
  await count('enterprises'),
  await count('duties'),
];

test('a template is stored in versions, and opens nothing', async () => {
  const before = await all();
  expect(await store()).toMatchObject({ status: 201, body: { planId: 'plan-1', state: 'draft', templateVersion: 1 } });
  expect(await store()).toMatchObject({ status: 201, body: { templateVersion: 2 } });
  expect((await commandCentre().get(`${plans}/plan-1`)).body).toMatchObject({
    templateVersion: 2,
    allowedSteps: ['activate'],
    template: template(),
  });
  expect(await all()).toEqual(before);
  expect(await commandCentre().get(`${plans}/plan-1/report`)).toMatchObject({
    status: 404,
    body: { code: 'PLAN.NO_REPORT' },
  });
  expect((await http.as({ role: 'command_centre', areas: ['ningbo'] }).get(`${plans}/plan-1`)).status).toBe(403);
});

test('a plan that does not fit is not opened at all, and everything that is in the way is told', async () => {
  const before = await all();
  await store(
    {
      zone: { ...template().zone, zoneId: zone, policy: { id: 'cn-strict', version: '1' } },
      pool: [{ driverId: 'O1', licences: [] }],
      enterprises: [
        { enterpriseId: 'E1', name: 'One' },
        { enterpriseId: 'E1', name: 'One' },
      ],
      duties: [
        { stationCode: pujiang, role: 'driver', personIds: ['P9'], days: [1], from: '08:00', until: '20:00' },
        { stationCode: 'NEW', role: 'lead', personIds: ['L1'], days: [1], from: '08:00', until: '20:00' },
        { stationCode: jindong, role: 'lead', personIds: ['L1'], days: [1], from: '19:00', until: '22:00' },
      ],
    },
    'plan-2',
  );
  const { status, body } = await commandCentre().post(`${plans}/plan-2/activation`, {});
  expect({ status, body }).toMatchObject({ status: 409, body: { code: 'PLAN.CANNOT_BE_ACTIVATED' } });
  expect((body.faults as { at: string; reason: string }[]).map(({ at, reason }) => `${at} ${reason}`)).toEqual([
    'zone is active already',
    'zone its policy is not published in the area',
    'pool.0 is enrolled on another side',
    'pool.0 has no licence',
    'enterprises.1 is named twice',
    'duties.0 is at a station that is not in the plan',
    'duties.0 names a driver who is not in the pool',
    'duties lead L1 is on two duties at once',
  ]);
  expect(await all()).toEqual(before);
});

test('one act opens zone, stations, pool, enterprises and duties, once', async () => {
  const first = await commandCentre().post(`${plans}/plan-1/activation`, {}, 'activate');
  expect(first).toMatchObject({
    status: 200,
    body: {
      state: 'active',
      templateVersion: 2,
      opened: { zoneId: 'dongyang', stationCodes: ['NEW'], enterpriseIds: ['E1'] },
      duties: 6,
    },
  });
  expect(await commandCentre().post(`${plans}/plan-1/activation`, {}, 'activate')).toEqual(
    expect.objectContaining({ body: first.body }),
  );
  expect(await commandCentre().post(`${plans}/plan-1/activation`, {})).toMatchObject({
    status: 409,
    body: { allowedSteps: ['end'] },
  });
  expect((await commandCentre().get('/api/v1/stations/NEW')).body).toMatchObject({
    state: 'open',
    assignmentMode: 'review',
    bays: ['1'],
  });
  expect((await commandCentre().get('/api/v1/zones/dongyang')).body).toMatchObject({
    state: 'active',
    stationCodes: ['NEW', jindong],
  });
  expect((await commandCentre().get('/api/v1/enterprises/E1')).body).toMatchObject({
    readiness: 'activated',
    priority: 4,
  });
  expect(await station.eventsOf('plan.activated')).toMatchObject([
    { subject: 'plan/plan-1', data: { templateVersion: 2, duties: 6 } },
  ]);
  // Day 1 is Monday in China: 22:00 there is 14:00 in UTC.
  const planned = await station.eventsOf('driver.shift_planned');
  expect(planned.map(({ data }) => [data.driverId, data.startsAt, data.endsAt])).toContainEqual([
    'P1',
    '2026-03-02T14:00:00.000Z',
    '2026-03-02T22:00:00.000Z',
  ]);
  expect(planned).toHaveLength(4);
  expect(await store()).toMatchObject({ status: 409, body: { code: 'PLAN.NOT_STORED' } });
});

test('a planned duty is begun by a person, cancelled, or added', async () => {
  const { body } = await lead().get('/api/v1/duties?role=driver&personId=P1');
  const [duty, other] = body.items as { dutyId: string }[];
  expect(
    (await http.as({ role: 'shift_lead', stations: ['XX'] }).post(`/api/v1/duties/${duty?.dutyId}/start`)).status,
  ).toBe(403);
  expect((await lead().post(`/api/v1/duties/${duty?.dutyId}/start`)).status).toBe(200);
  expect(await station.eventsOf('driver.shift_started')).toMatchObject([
    { data: { driverId: 'P1', stationCode: 'NEW' } },
  ]);
  expect(await lead().post(`/api/v1/duties/${duty?.dutyId}/start`)).toMatchObject({
    status: 409,
    body: { code: 'DUTY.ALREADY_STARTED' },
  });
  expect((await lead().post(`/api/v1/duties/${other?.dutyId}/cancellation`)).status).toBe(200);
  expect(await station.eventsOf('driver.planned_shift_cancelled')).toMatchObject([
    { data: { driverId: 'P1', dutyId: other?.dutyId } },
  ]);
  const at = (hours: number) => new Date(station.clock.now() + hours * hour).toISOString();
  const more = { stationCode: 'NEW', role: 'driver', personId: 'P2', startsAt: at(200), endsAt: at(208) };
  expect(await lead().post('/api/v1/duties', more)).toMatchObject({ status: 201, body: { personId: 'P2' } });
  expect(await lead().post('/api/v1/duties', { ...more, startsAt: at(207), endsAt: at(210) })).toMatchObject({
    status: 409,
    body: { code: 'DUTY.OVERLAPS' },
  });
  expect((await lead().post('/api/v1/duties', { ...more, personId: 'P9' })).status).toBe(404);
  expect((await lead().post('/api/v1/duties', { ...more, startsAt: more.endsAt })).status).toBe(400);
});

test('an enterprise says what it needs and what it keeps up', async () => {
  const itself = http.as({ role: 'enterprise', enterpriseId: 'E1' });
  const details = '/api/v1/enterprises/E1/details';
  expect((await itself.post(details, { stopsLineAt: '2026-03-03T00:00:00.000Z', capacityPercent: 40 })).status).toBe(
    200,
  );
  station.clock.moveTo(station.clock.now() + hour);
  expect((await itself.post(details, { capacityPercent: 61 })).status).toBe(200);
  expect(await itself.post(details, { priority: 9 })).toMatchObject({ status: 403 });
  expect((await commandCentre().post(details, { priority: 9, stopsLineAt: null })).status).toBe(200);
  const changed = await station.eventsOf('enterprise.changed');
  expect(changed.map(({ data }) => [data.priority, data.stopsLineAt, data.capacityPercent])).toEqual([
    [4, '2026-03-03T00:00:00.000Z', 40],
    [4, '2026-03-03T00:00:00.000Z', 61],
    [9, undefined, undefined],
  ]);
  expect(await itself.post(details, {})).toMatchObject({ status: 400, body: { code: 'ENTERPRISE.NOTHING_CHANGES' } });
});

test('ending it lifts the zone, closes what it opened, and writes the outcome report', async () => {
  const operator = http.as({ role: 'operator', stations: ['NEW'] });
  const visit = {
    visitId: randomUUID(),
    stationCode: 'NEW',
    zoneId: 'dongyang',
    flow: 'into_zone',
    truck: { plate: 'G1', plateColour: 'yellow', licenceRequired: 'A2' },
    carrierId: carrier,
    driverId: 'O1',
    consignments: [
      { id: 'C1', enterpriseId: 'E1', category: 'food', tonnes: 12.5 },
      { id: 'C2', enterpriseId: 'E1', category: 'food', tonnes: 1.25 },
    ],
  };
  expect((await operator.post('/api/v1/visits', visit)).status).toBe(201);
  station.clock.moveTo(station.clock.now() + 5.5 * hour);
  const { status, body } = await commandCentre().post(`${plans}/plan-1/ending`, { reason: 'all_clear' });
  const report = {
    planId: 'plan-1',
    zoneId: 'dongyang',
    from: '2026-03-02T00:00:00.000Z',
    until: '2026-03-02T06:30:00.000Z',
    trucks: { arrivedIn: 1, arrivedOut: 0, swapped: 0, turnedAway: 0, redirected: 0, stillThere: 1 },
    tonnes: [{ category: 'food', flow: 'into_zone', consignments: 2, tonnes: 13.75 }],
    stranded: { visits: 1, hours: 1.5 },
    handoffs: 0,
    relayDrivers: 0,
    capacity: [{ enterpriseId: 'E1', reports: 2, averagePercent: 50.5, lastPercent: 61 }],
  };
  expect({ status, body }).toMatchObject({ status: 200, body: { state: 'ended', report, openRuns: [] } });
  expect((await lead().get(`${plans}/plan-1/report`)).body).toEqual(report);
  expect((await commandCentre().get('/api/v1/zones/dongyang')).body).toMatchObject({ state: 'lifted' });
  expect((await commandCentre().get('/api/v1/stations/NEW')).body).toMatchObject({ state: 'closed' });
  expect((await commandCentre().get(`/api/v1/stations/${jindong}`)).body).toMatchObject({ state: 'open' });
  expect((await commandCentre().get('/api/v1/enterprises/E1')).body).toMatchObject({ readiness: 'ended' });
  expect((await lead().get('/api/v1/duties?planId=plan-1&state=planned')).body.items).toEqual([]);
  expect(await station.eventsOf('plan.ended')).toMatchObject([
    { data: { planId: 'plan-1', zoneId: 'dongyang', reason: 'all_clear' } },
  ]);
  expect(await commandCentre().post(`${plans}/plan-1/ending`, { reason: 'again' })).toMatchObject({ status: 409 });
});

test('it can be activated anew: what it closed is opened again, and who is known is used as he is', async () => {
  expect(await commandCentre().post(`${plans}/plan-1/activation`, {})).toMatchObject({
    status: 200,
    body: { opened: { stationCodes: ['NEW'], enterpriseIds: ['E1'] } },
  });
  expect((await station.eventsOf('driver.enrolled')).filter(({ subject }) => subject === 'driver/P1')).toHaveLength(1);
  expect((await station.eventsOf('station.opened')).filter(({ subject }) => subject === 'station/NEW')).toHaveLength(2);
  await commandCentre().post(`${plans}/plan-1/ending`, { reason: 'drill' });
});

test('the sample of the docs is activated as it is', async () => {
  const sample = JSON.parse(readFileSync(join(__dirname, '../../../../docs/plans/yiwu.json'), 'utf8')) as {
    planId: string;
    template: { zone: { zoneId: string } };
  };
  await http.as({ role: 'administrator' }).post('/api/v1/areas', { areaCode: 'yiwu', name: '义乌' });
  await commandCentre().post('/api/v1/areas/yiwu/policies', { policyId: 'cn-freight' });
  // The network of this test has a zone of that name in another area.
  sample.template.zone.zoneId = 'yiwu-city';
  expect((await commandCentre().post(plans, sample)).status).toBe(201);
  expect(await commandCentre().post(`${plans}/${sample.planId}/activation`, {})).toMatchObject({
    status: 200,
    body: { state: 'active', opened: { stationCodes: ['jindong', 'pujiang', 'yiwu-port'] } },
  });
});

test('the log that plans leave is legal', async () => {
  expect(await brokenRules(station)).toEqual({});
});
