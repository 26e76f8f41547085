import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { area, enterprise, jindong, openNetwork, policyRef, pujiang, zone } from '../../../../test/support/network.js';
import { ActivateZone, type ActivateZoneInput } from './zones/activate-zone.js';
import { ChangeEnterpriseReadiness } from './enterprises/change-enterprise-readiness.js';
import { CloseStation } from './stations/close-station.js';
import { CreateArea } from './areas/create-area.js';
import { LiftZone } from './zones/lift-zone.js';
import { OpenStation, type OpenStationInput } from './stations/open-station.js';
import { PublishPolicy } from './areas/publish-policy.js';
import { RegisterCarrier } from './carriers/register-carrier.js';
import { RegisterEnterprise } from './enterprises/register-enterprise.js';
import { ResumeStation } from './stations/resume-station.js';
import { SuspendStation } from './stations/suspend-station.js';

let station: RunningStation;
let asked = 0;
const another = () => station.request(`another ${(asked += 1)}`);
const zoneInput = (): ActivateZoneInput => ({
  zoneId: zone,
  areaCode: area,
  level: 'controlled',
  countyCodes: ['330782'],
  stationCodes: [jindong],
  startsAt: station.clock.now(),
  policy: policyRef,
});
const stationInput = (stationCode: string): OpenStationInput => ({
  stationCode,
  areaCode: area,
  countyCode: '330782',
  name: stationCode,
  location: { latitude: 29.3, longitude: 120.1 },
  bays: ['1'],
  zoneIds: [zone],
});

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
});
afterAll(() => station.close());

test('a network is opened event by event, without names', async () => {
  const events = await station.events();
  expect(events.slice(0, 5).map(({ type, subject }) => [type, subject])).toEqual([
    ['yizhan.policy.published.v1', 'policy/cn-freight'],
    ['yizhan.zone.activated.v1', `zone/${zone}`],
    ['yizhan.station.opened.v1', `station/${jindong}`],
    ['yizhan.station.opened.v1', `station/${pujiang}`],
    ['yizhan.enterprise.readiness_changed.v1', `enterprise/${enterprise}`],
  ]);
  expect(events[2].data).toMatchObject({ stationCode: jindong, areaCode: area, bays: ['1', '2'], zoneIds: [zone] });
  expect(events[1].data).not.toHaveProperty('endsAt');
  expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('Jinhua');
});

test('an area is made once, and asking again with the same key gives the same answer', async () => {
  const request = another();
  const input = { areaCode: 'hangzhou', name: 'Hangzhou' };
  const first = await station.get(CreateArea).execute(request, input);
  expect(await station.get(CreateArea).execute(request, input)).toEqual(first);
  await expect(station.get(CreateArea).execute(another(), input)).rejects.toMatchObject({
    kind: 'conflict',
    code: 'AREA.ALREADY_EXISTS',
  });
});

test('the same key for another request is refused', async () => {
  const request = another();
  await station.get(CreateArea).execute(request, { areaCode: 'ningbo', name: 'Ningbo' });
  const other = station.get(CreateArea).execute({ ...request, hash: 'other' }, { areaCode: 'huzhou', name: 'Huzhou' });
  await expect(other).rejects.toMatchObject({ code: 'REQUEST.KEY_REUSED' });
});

test('a policy pack is published once per area, and only one that there is', async () => {
  const publish = station.get(PublishPolicy);
  await expect(publish.execute(another(), { areaCode: area, policyId: 'cn-freight' })).rejects.toMatchObject({
    code: 'POLICY.ALREADY_PUBLISHED',
  });
  await expect(publish.execute(another(), { areaCode: area, policyId: 'nowhere' })).rejects.toMatchObject({
    kind: 'not_found',
    code: 'POLICY.UNKNOWN_PACK',
  });
  await expect(publish.execute(another(), { areaCode: 'atlantis', policyId: 'cn-freight' })).rejects.toMatchObject({
    code: 'AREA.NOT_FOUND',
  });
  const [published] = await station.eventsOf('policy.published');
  expect(published.data).toMatchObject({ ...policyRef, rules: { utcOffsetMinutes: 480 } });
});

test('a pack with other weights is a version of its own', async () => {
  const publish = station.get(PublishPolicy);
  const weights = {
    emptyTravelMinuteSeconds: 30,
    drivenMinuteSeconds: 2,
    spareLicenceSeconds: 0,
    unansweredSeconds: 60,
  };
  const variant = { version: `${policyRef.version}.yiwu`, weights };
  const input = { areaCode: area, policyId: 'cn-freight' };
  expect(await publish.execute(another(), { ...input, variant })).toEqual({ ...input, version: variant.version });
  const [, published] = await station.eventsOf('policy.published');
  expect(published.data).toMatchObject({ id: 'cn-freight', version: variant.version, rules: { weights } });
  await expect(
    publish.execute(another(), { ...input, variant: { version: '2099-01.1', weights } }),
  ).rejects.toMatchObject({ code: 'POLICY.NOT_ITS_VERSION' });
});

test('a zone needs a published policy and an end after its start', async () => {
  const activate = station.get(ActivateZone);
  const input = { ...zoneInput(), zoneId: 'dongyang' };
  await expect(
    activate.execute(another(), { ...input, policy: { id: 'cn-freight', version: '1999-01' } }),
  ).rejects.toMatchObject({ kind: 'invalid', code: 'ZONE.POLICY_NOT_PUBLISHED' });
  await expect(activate.execute(another(), { ...input, endsAt: input.startsAt })).rejects.toMatchObject({
    code: 'ZONE.ENDS_BEFORE_START',
  });
});

test('a zone is lifted once and can be activated again', async () => {
  await expect(station.get(ActivateZone).execute(another(), zoneInput())).rejects.toMatchObject({
    kind: 'illegal_state',
    details: { allowedSteps: ['lift'] },
  });
  const request = another();
  const lifted = await station.get(LiftZone).execute(request, { zoneId: zone });
  expect(lifted).toEqual({ zoneId: zone, areaCode: area, state: 'lifted', version: 2, openRuns: [] });
  expect(await station.get(LiftZone).execute(request, { zoneId: zone })).toEqual(lifted);
  await expect(station.get(LiftZone).execute(another(), { zoneId: zone })).rejects.toMatchObject({
    code: 'ZONE.NOT_ACTIVE',
    details: { allowedSteps: ['activate'] },
  });
  expect(await station.get(ActivateZone).execute(another(), zoneInput())).toMatchObject({
    state: 'active',
    version: 3,
  });
  expect(await station.eventsOf('zone.lifted')).toHaveLength(1);
});

test('a station is suspended, resumed and closed; each step is an event at its own time', async () => {
  const at = station.clock.now() - 60_000;
  const suspended = await station
    .get(SuspendStation)
    .execute(station.request('suspend', at), { stationCode: jindong, reason: 'flood' });
  expect(suspended).toEqual({ stationCode: jindong, areaCode: area, state: 'suspended', version: 2 });
  const [event] = await station.eventsOf('station.suspended');
  expect(event).toMatchObject({ time: '2026-03-01T23:59:00.000Z', data: { stationCode: jindong, reason: 'flood' } });
  const [row] = await station.database.rows(
    'SELECT state, suspended_at FROM station.stations WHERE station_code = $1',
    [jindong],
  );
  expect(row).toEqual({ state: 'suspended', suspended_at: at });
  await station.get(ResumeStation).execute(another(), { stationCode: jindong });
  await station.get(CloseStation).execute(another(), { stationCode: jindong, reason: 'moved' });
  await expect(station.get(ResumeStation).execute(another(), { stationCode: jindong })).rejects.toMatchObject({
    kind: 'illegal_state',
    details: { state: 'closed', allowedSteps: ['reopen'] },
  });
});

test('of many who suspend a station at once exactly one does', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      station.get(SuspendStation).execute(another(), { stationCode: pujiang, reason: 'fire' }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const events = await station.eventsOf('station.suspended');
  expect(events.filter(({ subject }) => subject === `station/${pujiang}`)).toHaveLength(1);
});

test('a station needs bays, an area and a code of its own', async () => {
  const open = station.get(OpenStation);
  await expect(open.execute(another(), { ...stationInput('XX'), bays: [] })).rejects.toMatchObject({
    code: 'STATION.BAYS',
  });
  await expect(open.execute(another(), { ...stationInput('XX'), areaCode: 'atlantis' })).rejects.toMatchObject({
    code: 'AREA.NOT_FOUND',
  });
  await expect(open.execute(another(), stationInput(jindong))).rejects.toMatchObject({
    code: 'STATION.ALREADY_EXISTS',
  });
  await expect(station.get(ResumeStation).execute(another(), { stationCode: 'XX' })).rejects.toMatchObject({
    kind: 'not_found',
    code: 'STATION.NOT_FOUND',
  });
});

test('carriers and enterprises are registered once', async () => {
  const registered = { carrierId: 'carrier-9', name: 'Nine' };
  const request = another();
  expect(await station.get(RegisterCarrier).execute(request, registered)).toEqual(registered);
  expect(await station.get(RegisterCarrier).execute(request, registered)).toEqual(registered);
  await expect(station.get(RegisterCarrier).execute(another(), registered)).rejects.toMatchObject({
    code: 'CARRIER.ALREADY_REGISTERED',
  });
  const again = { enterpriseId: enterprise, areaCode: area, name: 'Again' };
  await expect(station.get(RegisterEnterprise).execute(another(), again)).rejects.toMatchObject({
    code: 'ENTERPRISE.ALREADY_REGISTERED',
  });
  await expect(
    station.get(RegisterEnterprise).execute(another(), { ...again, enterpriseId: 'new', zoneId: 'atlantis' }),
  ).rejects.toMatchObject({ code: 'ZONE.NOT_FOUND' });
});

test('an enterprise becomes ready and does not jump back', async () => {
  const change = station.get(ChangeEnterpriseReadiness);
  const request = another();
  const ready = await change.execute(request, { enterpriseId: enterprise, readiness: 'ready' });
  expect(ready).toEqual({ enterpriseId: enterprise, areaCode: area, readiness: 'ready', version: 2 });
  expect(await change.execute(request, { enterpriseId: enterprise, readiness: 'ready' })).toEqual(ready);
  await expect(change.execute(another(), { enterpriseId: enterprise, readiness: 'willing' })).rejects.toMatchObject({
    kind: 'illegal_state',
    details: { allowedSteps: ['activated', 'ended'] },
  });
  const events = await station.eventsOf('enterprise.readiness_changed');
  expect(events.map(({ data }) => data.readiness)).toEqual(['willing', 'ready']);
});
