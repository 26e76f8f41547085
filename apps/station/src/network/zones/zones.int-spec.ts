import { area, enterprise, openNetwork, zone } from '../../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../../test/support/start-station.js';
import { stationOverHttp, type StationOverHttp } from '../../../../../test/support/station-over-http.js';
import { Timers } from '../../timers/timers.js';

let station: RunningStation;
let http: StationOverHttp;
const hour = 3_600_000;
const commandCentre = () => http.as({ role: 'command_centre', areas: [area] });
const at = (path: string) => `/api/v1/zones/${zone}${path}`;
const later = (hours: number) => new Date(station.clock.now() + hours * hour).toISOString();

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

describe('a zone', () => {
  it('gets another level, end or policy; what is not named stays', async () => {
    const end = later(48);
    expect(await commandCentre().post(at('/details'), { level: 'guarded', endsAt: end })).toMatchObject({
      status: 200,
      body: { zoneId: zone, state: 'active', version: 2 },
    });
    const shown = { level: 'guarded', endsAt: end, policy: { id: 'cn-freight', version: '2026-11' } };
    expect((await commandCentre().get(at(''))).body).toMatchObject(shown);
    expect(await station.eventsOf('zone.changed')).toMatchObject([
      { subject: `zone/${zone}`, data: { zoneId: zone, ...shown } },
    ]);
    await commandCentre().post(at('/details'), { endsAt: null });
    expect((await commandCentre().get(at(''))).body).not.toHaveProperty('endsAt');
    const [, changed] = await station.eventsOf('zone.changed');
    expect(changed?.data).toEqual({ zoneId: zone, level: 'guarded', policy: shown.policy });
  });

  it.each([
    [{}, 400, 'ZONE.NOTHING_CHANGES'],
    [{ policy: { id: 'cn-strict', version: '1' } }, 400, 'ZONE.POLICY_NOT_PUBLISHED'],
    [{ endsAt: '2026-03-01T00:00:00.000Z' }, 400, 'ZONE.ENDS_BEFORE_START'],
    [{ level: 'shut' }, 400, 'REQUEST.INVALID'],
  ])('is not changed by %j', async (body, status, code) => {
    expect(await commandCentre().post(at('/details'), body)).toMatchObject({ status, body: { code } });
  });

  it('is changed by the command centre of its area alone', async () => {
    const elsewhere = http.as({ role: 'command_centre', areas: ['ningbo'] });
    expect((await elsewhere.post(at('/details'), { level: 'silent' })).status).toBe(403);
    expect(
      (await http.as({ role: 'shift_lead', stations: ['JD'] }).post(at('/details'), { level: 'silent' })).status,
    ).toBe(403);
  });

  it('whose time is over says so, once, and stays closed until somebody lifts it or prolongs it', async () => {
    const end = later(1);
    await commandCentre().post(at('/details'), { endsAt: end });
    station.clock.moveTo(station.clock.now() + hour);
    expect(await station.get(Timers).fireDue()).toBe(1);
    expect(await station.get(Timers).fireDue()).toBe(0);
    expect(await station.eventsOf('zone.end_reached')).toMatchObject([
      { data: { zoneId: zone, endsAt: end }, time: end },
    ]);
    expect((await commandCentre().get(at(''))).body).toMatchObject({ state: 'active', endReachedAt: end });
    await commandCentre().post(at('/details'), { endsAt: later(2) });
    expect((await commandCentre().get(at(''))).body).not.toHaveProperty('endReachedAt');
    await commandCentre().post(at('/lifting'));
    station.clock.moveTo(station.clock.now() + 3 * hour);
    expect(await station.get(Timers).fireDue()).toBe(0);
    expect(await commandCentre().post(at('/details'), { level: 'silent' })).toMatchObject({
      status: 409,
      body: { code: 'ZONE.NOT_ACTIVE', allowedSteps: ['activate'] },
    });
  });
});

describe('places inside a zone', () => {
  const place = {
    placeId: 'market',
    name: '一区市场',
    location: { latitude: 29.33, longitude: 120.1 },
    enterpriseId: enterprise,
  };

  it('are named, listed and taken off; their names are in no event', async () => {
    expect(await commandCentre().post(at('/places'), place)).toMatchObject({
      status: 201,
      body: { placeId: 'market' },
    });
    expect((await http.as({ role: 'driver', driverId: 'R1' }).get(at('/places'))).body).toEqual({
      items: [{ zoneId: zone, ...place }],
      next: null,
    });
    const [added] = await station.eventsOf('zone.place_added');
    expect(added?.data).toEqual({
      zoneId: zone,
      placeId: 'market',
      location: place.location,
      enterpriseId: enterprise,
    });
    expect(await commandCentre().post(at('/places'), place)).toMatchObject({
      status: 409,
      body: { code: 'PLACE.ALREADY_THERE' },
    });
    expect((await commandCentre().post(at('/places/market/closure'))).status).toBe(200);
    expect(await station.eventsOf('zone.place_closed')).toHaveLength(1);
    expect(await commandCentre().post(at('/places/market/closure'))).toMatchObject({
      status: 404,
      body: { code: 'PLACE.NOT_FOUND' },
    });
  });

  it('are of an enterprise that is known, in a zone that is', async () => {
    expect(await commandCentre().post(at('/places'), { ...place, enterpriseId: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'ENTERPRISE.NOT_FOUND' },
    });
    expect((await commandCentre().post('/api/v1/zones/nowhere/places', place)).status).toBe(404);
  });
});
