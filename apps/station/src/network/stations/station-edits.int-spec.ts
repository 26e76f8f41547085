import { randomUUID } from 'node:crypto';
import {
  area,
  carrier,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
  zone,
} from '../../../../../test/support/network.js';
import { stationOverHttp, type StationOverHttp } from '../../../../../test/support/station-over-http.js';
import { type RunningStation, startStation } from '../../../../../test/support/start-station.js';

let station: RunningStation;
let http: StationOverHttp;
const at = (path: string, code = jindong) => `/api/v1/stations/${code}${path}`;
const lead = () => http.as({ role: 'shift_lead', stations: [jindong] });
const commandCentre = () => http.as({ role: 'command_centre', areas: [area] });
const operator = () => http.as({ role: 'operator', stations: [jindong] });
const truck = (plate: string) => ({ plate, plateColour: 'yellow', licenceRequired: 'A2' });

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await relayDriver(station, 'R1');
  for (const id of ['O1', 'O2', 'O3']) await outsideDriver(station, id);
  http = await stationOverHttp(station);
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

async function arrive(plate: string, driverId: string, stationCode = jindong) {
  const visitId = randomUUID();
  const body = {
    visitId,
    stationCode,
    zoneId: zone,
    flow: 'into_zone',
    truck: truck(plate),
    carrierId: carrier,
    driverId,
    consignments: [],
  };
  const arrived = await http.as({ role: 'operator', stations: [stationCode] }).post('/api/v1/visits', body);
  return { visitId, ...arrived };
}

describe('the assignment mode', () => {
  it('is auto at first, and changed by the shift lead', async () => {
    expect((await operator().get(at(''))).body).toMatchObject({ assignmentMode: 'auto' });
    expect(await lead().post(at('/assignment-mode'), { assignmentMode: 'review' })).toMatchObject({
      status: 200,
      body: { stationCode: jindong, state: 'open', version: 2 },
    });
    expect((await operator().get(at(''))).body).toMatchObject({ assignmentMode: 'review', version: 2 });
    const [event] = await station.eventsOf('station.assignment_mode_changed');
    expect(event).toMatchObject({ subject: 'station/JD', data: { stationCode: jindong, assignmentMode: 'review' } });
  });

  it('is not changed to what it is, nor by others', async () => {
    expect(await lead().post(at('/assignment-mode'), { assignmentMode: 'review' })).toMatchObject({
      status: 409,
      body: { code: 'STATION.MODE_UNCHANGED' },
    });
    expect((await operator().post(at('/assignment-mode'), { assignmentMode: 'auto' })).status).toBe(403);
    expect((await lead().post(at('/assignment-mode', pujiang), { assignmentMode: 'review' })).status).toBe(403);
    expect((await lead().post(at('/assignment-mode'), { assignmentMode: 'manual' })).status).toBe(400);
  });
});

describe('opening hours', () => {
  /** The station's clock stands at Monday 08:00 in China. */
  const evening = { utcOffsetMinutes: 480, weekly: [{ weekday: 1, from: '20:00', until: '06:00' }], exceptions: [] };

  it('say of a truck that comes at another time that it did; it is taken in', async () => {
    expect((await arrive('浙G00001', 'O1')).body).not.toHaveProperty('outsideHours');
    expect((await lead().post(at('/opening-hours'), evening)).status).toBe(200);
    expect((await operator().get(at(''))).body).toMatchObject({ openingHours: evening, isOpenNow: false });
    expect(await arrive('浙G00002', 'O2')).toMatchObject({
      status: 201,
      body: { state: 'arrived', outsideHours: true },
    });
    const arrivals = await station.eventsOf('visit.arrived');
    expect(arrivals.map(({ data }) => data.outsideHours)).toEqual([undefined, true]);
    expect(await station.eventsOf('station.hours_changed')).toMatchObject([
      { data: { stationCode: jindong, hours: evening } },
    ]);
  });

  it('have exceptions, each day once', async () => {
    const open = { date: '2026-03-02', spans: [{ from: '07:00', until: '09:00' }] };
    expect((await lead().post(at('/opening-hours'), { ...evening, exceptions: [open] })).status).toBe(200);
    expect((await operator().get(at(''))).body).toMatchObject({ isOpenNow: true });
    expect(await lead().post(at('/opening-hours'), { ...evening, exceptions: [open, open] })).toMatchObject({
      status: 400,
      body: { code: 'STATION.HOURS' },
    });
  });

  it.each([
    [{ weekly: [{ weekday: 8, from: '08:00', until: '09:00' }] }],
    [{ weekly: [{ weekday: 1, from: '8:00', until: '09:00' }] }],
    [{ weekly: [{ weekday: 1, from: '08:00', until: '25:00' }] }],
    [{ exceptions: [{ date: '2026-02-29', spans: [] }] }],
    [{ utcOffsetMinutes: 900 }],
  ])('are refused where they are none: %j', async (wrong) => {
    expect(await lead().post(at('/opening-hours'), { ...evening, ...wrong })).toMatchObject({
      status: 400,
      body: { code: 'REQUEST.INVALID' },
    });
  });
});

describe('bays', () => {
  it('are added and closed', async () => {
    expect(await lead().post(at('/bays'), { add: ['3', '4'], close: ['2'] })).toMatchObject({
      status: 200,
      body: { bays: ['1', '3', '4'] },
    });
    expect((await operator().get(at(''))).body).toMatchObject({ bays: ['1', '3', '4'] });
    expect(await station.eventsOf('station.bays_changed')).toMatchObject([
      { data: { stationCode: jindong, bays: ['1', '3', '4'], added: ['3', '4'], closed: ['2'] } },
    ]);
  });

  it.each([
    [{ add: [], close: [] }, 400, 'STATION.BAYS'],
    [{ add: ['5', '5'], close: [] }, 400, 'STATION.BAYS'],
    [{ add: ['1'], close: [] }, 409, 'BAY.ALREADY_THERE'],
    [{ add: [], close: ['9'] }, 404, 'BAY.NOT_FOUND'],
    [{ add: [], close: ['1', '3', '4'] }, 400, 'STATION.BAYS'],
  ])('%j is refused', async (body, status, code) => {
    expect(await lead().post(at('/bays'), body)).toMatchObject({ status, body: { code } });
  });

  it('stay open while a handoff is in them', async () => {
    const { visitId } = await arrive('浙G00003', 'O3');
    await station.database.rows(
      `INSERT INTO station.handoffs (handoff_id, visit_id, station_code, try_no, state, ready_at, bay_code, driver_id)
       VALUES ($1, $1, 'JD', 1, 'started', now(), '4', 'R1')`,
      [visitId],
    );
    expect(await lead().post(at('/bays'), { add: [], close: ['4'] })).toMatchObject({
      status: 409,
      body: { code: 'BAY.OCCUPIED' },
    });
  });
});

describe('a station', () => {
  it('is corrected by the command centre; what is not named stays', async () => {
    const change = { countyCode: '330782', location: { latitude: 29.2, longitude: 119.8 } };
    expect((await lead().post(at('/details'), change)).status).toBe(403);
    expect((await commandCentre().post(at('/details'), change)).status).toBe(200);
    expect((await operator().get(at(''))).body).toMatchObject({ ...change, name: jindong, zoneIds: [zone] });
    expect(await station.eventsOf('station.changed')).toMatchObject([
      { data: { stationCode: jindong, ...change, zoneIds: [zone] } },
    ]);
    expect(await commandCentre().post(at('/details'), {})).toMatchObject({
      status: 400,
      body: { code: 'STATION.NOTHING_CHANGES' },
    });
    expect((await commandCentre().post(at('/details', 'XX'), change)).status).toBe(404);
  });

  it('is opened again after it was closed, with its bays', async () => {
    expect(await commandCentre().post(at('/reopening', pujiang))).toMatchObject({
      status: 409,
      body: { code: 'STATION.NOT_CLOSED', allowedSteps: ['suspend', 'close'] },
    });
    await commandCentre().post(at('/closure', pujiang), { reason: 'over' });
    expect((await arrive('浙G00004', 'O3', pujiang)).body).toMatchObject({ code: 'STATION.CLOSED' });
    expect(await commandCentre().post(at('/reopening', pujiang))).toMatchObject({
      status: 200,
      body: { state: 'open' },
    });
    expect((await station.eventsOf('station.opened')).at(-1)).toMatchObject({
      data: { stationCode: pujiang, areaCode: area, countyCode: '330726', bays: ['1', '2'], zoneIds: [zone] },
    });
  });
});
