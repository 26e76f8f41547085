import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import {
  area,
  carrier,
  jindong,
  openNetwork,
  outsideDriver,
  relayDriver,
  zone,
} from '../../../../test/support/network.js';
import { ChangeDriver } from './change-driver.js';
import { ChangeDriverSide } from './change-driver-side.js';
import { loadDriverFacts, startDriving, stopDriving } from './driver-facts.repository.js';
import { Drivers } from './drivers.reader.js';
import { EndShift } from './end-shift.js';
import { EnrolDriver } from './enrol-driver.js';
import { GrantCredential } from './grant-credential.js';
import { RecallCredential } from '../recalls/recall-credential.js';
import { RecordRest } from './record-rest.js';
import { StartShift } from './start-shift.js';

const minute = 60_000;
let station: RunningStation;
let asked = 0;
const another = () => station.request(`another ${(asked += 1)}`);
const facts = (driverId: string) => station.database.transaction((tx) => loadDriverFacts(tx, driverId));
const visit = '01900000-0000-7000-8000-00000000000';

/** Rows that the handoff and visit use cases write elsewhere. */
async function truckWith(plate: string, driverId: string | null): Promise<void> {
  await station.database.rows(
    `INSERT INTO station.trucks (plate, area_code, plate_colour, licence_required, carrier_id, custodian_kind, custodian_id)
     VALUES ($1, $2, 'yellow', 'A2', $3, $4, $5)`,
    [plate, area, carrier, driverId === null ? null : 'driver', driverId],
  );
}

async function visitOf(plate: string, visitId: string): Promise<void> {
  await station.database.rows(
    `INSERT INTO station.visits (visit_id, area_code, station_code, zone_id, plate, flow, state)
     VALUES ($1, $2, $3, $4, $5, 'into_zone', 'arrived')`,
    [visitId, area, jindong, zone, plate],
  );
}

async function assign(driverId: string, plate: string, visitId: string): Promise<void> {
  await truckWith(plate, null);
  await visitOf(plate, visitId);
  await station.database.rows(
    `INSERT INTO station.handoffs (handoff_id, visit_id, station_code, try_no, state, ready_at, driver_id)
     VALUES ($1, $1, $2, 1, 'accepted', now(), $3)`,
    [visitId, jindong, driverId],
  );
}

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
});
afterAll(() => station.close());

test('a driver is enrolled once; the same key gives the same answer', async () => {
  const request = another();
  const input = {
    driverId: 'R1',
    areaCode: area,
    insideZoneId: zone,
    licences: ['A2'] as const,
    homeStationCode: jindong,
  };
  const first = await station.get(EnrolDriver).execute(request, input);
  expect(await station.get(EnrolDriver).execute(request, input)).toEqual(first);
  await expect(station.get(EnrolDriver).execute(another(), input)).rejects.toMatchObject({
    kind: 'conflict',
    code: 'DRIVER.ALREADY_ENROLLED',
  });
  const events = await station.eventsOf('driver.enrolled');
  expect(events.filter(({ subject }) => subject === 'driver/R1').map(({ data }) => data)).toEqual([
    { driverId: 'R1', insideZoneId: zone, licences: ['A2'], homeStationCode: jindong },
  ]);
});

test('a driver is enrolled for a zone and an area that exist', async () => {
  const input = { driverId: 'R0', areaCode: area, insideZoneId: 'atlantis', licences: ['A2'] as const };
  await expect(station.get(EnrolDriver).execute(another(), input)).rejects.toMatchObject({ code: 'ZONE.NOT_FOUND' });
  await expect(station.get(EnrolDriver).execute(another(), { ...input, areaCode: 'atlantis' })).rejects.toMatchObject({
    code: 'AREA.NOT_FOUND',
  });
});

test('a shift starts at a station and ends; his facts say so', async () => {
  await relayDriver(station, 'R2', { hours: 8 });
  const endsAt = station.clock.now() + 8 * 60 * minute;
  expect((await facts('R2')).facts).toMatchObject({ shift: { stationCode: jindong, endsAt }, insideZoneId: zone });
  expect((await facts('R2')).stationCode).toBe(jindong);
  const { minutesLeft = 0 } = await station.get(Drivers).read('R2');
  expect(minutesLeft).toBeGreaterThan(0);
  expect(minutesLeft).toBeLessThanOrEqual(8 * 60);
  await expect(
    station.get(StartShift).execute(another(), { driverId: 'R2', stationCode: jindong, endsAt }),
  ).rejects.toMatchObject({ kind: 'illegal_state', details: { allowedSteps: ['end_shift'] } });
  const request = another();
  const ended = await station.get(EndShift).execute(request, { driverId: 'R2' });
  expect(await station.get(EndShift).execute(request, { driverId: 'R2' })).toEqual(ended);
  expect((await facts('R2')).facts).not.toHaveProperty('shift');
  expect(await station.get(Drivers).read('R2')).not.toHaveProperty('minutesLeft');
  await expect(station.get(EndShift).execute(another(), { driverId: 'R2' })).rejects.toMatchObject({
    details: { allowedSteps: ['start_shift'] },
  });
  const events = await station.eventsOf('driver.shift_ended');
  expect(events.map(({ data }) => data)).toEqual([{ driverId: 'R2', stationCode: jindong }]);
});

test('a shift needs an end to come and a station of his area', async () => {
  const start = station.get(StartShift);
  const endsAt = station.clock.now() + minute;
  await expect(
    start.execute(another(), { driverId: 'R1', stationCode: jindong, endsAt: station.clock.now() }),
  ).rejects.toMatchObject({ code: 'SHIFT.ENDS_BEFORE_START' });
  await expect(start.execute(another(), { driverId: 'R1', stationCode: 'XX', endsAt })).rejects.toMatchObject({
    code: 'STATION.NOT_FOUND',
  });
  await expect(start.execute(another(), { driverId: 'nobody', stationCode: jindong, endsAt })).rejects.toMatchObject({
    kind: 'not_found',
    code: 'DRIVER.NOT_FOUND',
  });
});

test('of many who start his shift at once exactly one does', async () => {
  await station
    .get(EnrolDriver)
    .execute(another(), { driverId: 'R3', areaCode: area, insideZoneId: zone, licences: ['A2'] });
  const endsAt = station.clock.now() + 60 * minute;
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      station.get(StartShift).execute(another(), { driverId: 'R3', stationCode: jindong, endsAt }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const events = await station.eventsOf('driver.shift_started');
  expect(events.filter(({ subject }) => subject === 'driver/R3')).toHaveLength(1);
});

test('a shift that ends in the zone: he keeps the truck, an exception opens on its run', async () => {
  await relayDriver(station, 'R4');
  await truckWith('浙G0004', 'R4');
  const runId = `${visit}4`;
  await station.database.rows(
    `INSERT INTO station.runs (run_id, area_code, plate, direction, driver_id, state, opened_at)
     VALUES ($1, $2, '浙G0004', 'in_first', 'R4', 'open', now())`,
    [runId, area],
  );
  await station.database.transaction(async (tx) => startDriving(tx, 'R4', station.clock.now() - 30 * minute));
  const request = another();
  const ended = await station.get(EndShift).execute(request, { driverId: 'R4' });
  expect(await station.get(EndShift).execute(request, { driverId: 'R4' })).toEqual(ended);
  expect(await facts('R4')).toMatchObject({
    holdsPlate: '浙G0004',
    facts: { activity: { driving: [{ from: station.clock.now() - 30 * minute, to: null }] } },
  });
  const opened = await station.eventsOf('exception.opened');
  expect(opened).toMatchObject([
    {
      subject: `run/${runId}`,
      carrierid: carrier,
      correlationid: runId,
      data: { exceptionId: ended.exceptionId, code: 'shift_over_in_zone', owner: jindong, runId },
    },
  ]);
  const rows = await station.database.rows('SELECT subject, state, code FROM station.exceptions');
  expect(rows).toEqual([{ subject: `run/${runId}`, state: 'open', code: 'shift_over_in_zone' }]);
});

test('a truck that stands at a station carries the exception on its visit', async () => {
  await relayDriver(station, 'R5');
  await truckWith('浙G0005', 'R5');
  await visitOf('浙G0005', `${visit}5`);
  await station.get(EndShift).execute(another(), { driverId: 'R5' });
  const opened = await station.eventsOf('exception.opened');
  expect(opened.at(-1)).toMatchObject({ subject: `visit/${visit}5`, correlationid: `${visit}5` });
});

test('a driver with a live assignment neither ends his shift nor changes sides', async () => {
  await relayDriver(station, 'R6');
  await assign('R6', '浙G0006', `${visit}6`);
  expect((await facts('R6')).liveHandoff).toEqual({ handoffId: `${visit}6`, state: 'accepted' });
  await expect(station.get(EndShift).execute(another(), { driverId: 'R6' })).rejects.toMatchObject({
    kind: 'conflict',
    code: 'DRIVER.HAS_LIVE_ASSIGNMENT',
    details: { handoffId: `${visit}6` },
  });
  await expect(
    station.get(ChangeDriverSide).execute(another(), { driverId: 'R6', insideZoneId: null }),
  ).rejects.toMatchObject({ code: 'DRIVER.SHIFT_OPEN' });
});

test('sides change only for who is free', async () => {
  await outsideDriver(station, 'O1');
  const change = station.get(ChangeDriverSide);
  await expect(change.execute(another(), { driverId: 'O1', insideZoneId: null })).rejects.toMatchObject({
    code: 'DRIVER.SIDE_UNCHANGED',
  });
  const request = another();
  const changed = await change.execute(request, { driverId: 'O1', insideZoneId: zone });
  expect(await change.execute(request, { driverId: 'O1', insideZoneId: zone })).toEqual(changed);
  expect((await facts('O1')).facts).toMatchObject({ insideZoneId: zone, carrierId: carrier });
  await truckWith('浙G0007', 'O1');
  await expect(change.execute(another(), { driverId: 'O1', insideZoneId: null })).rejects.toMatchObject({
    code: 'DRIVER.HOLDS_A_TRUCK',
    details: { plate: '浙G0007' },
  });
  expect((await station.eventsOf('driver.side_changed')).map(({ data }) => data)).toEqual([
    { driverId: 'O1', insideZoneId: zone },
  ]);
});

test('a rest is recorded once, and only for the past', async () => {
  await outsideDriver(station, 'O2');
  const now = station.clock.now();
  const rest = { driverId: 'O2', startedAt: now - 40 * minute, endedAt: now - 10 * minute };
  const request = another();
  const first = await station.get(RecordRest).execute(request, rest);
  expect(await station.get(RecordRest).execute(request, rest)).toEqual(first);
  expect((await facts('O2')).facts.activity.rests).toEqual([{ from: rest.startedAt, to: rest.endedAt }]);
  expect(await station.eventsOf('driver.rest_recorded')).toHaveLength(1);
  for (const wrong of [
    { ...rest, endedAt: now + 1 },
    { ...rest, endedAt: rest.startedAt },
  ]) {
    await expect(station.get(RecordRest).execute(another(), wrong)).rejects.toMatchObject({
      code: 'REST.NOT_A_PAST_STRETCH',
    });
  }
});

test('driving is recorded from the departure to the arrival', async () => {
  await relayDriver(station, 'R7');
  const now = station.clock.now();
  await station.database.transaction(async (tx) => startDriving(tx, 'R7', now));
  expect(await facts('R7')).not.toHaveProperty('stationCode');
  expect((await facts('R7')).facts.activity.driving).toEqual([{ from: now, to: null }]);
  await station.database.transaction((tx) => stopDriving(tx, 'R7', now + 5 * minute, 'PJ'));
  const stopped = await facts('R7');
  expect(stopped.stationCode).toBe('PJ');
  expect(stopped.facts.activity.driving).toEqual([{ from: now, to: now + 5 * minute }]);
  await station.database.transaction((tx) => stopDriving(tx, 'R7', now + 9 * minute, 'PJ'));
  expect((await facts('R7')).facts.activity).toEqual(stopped.facts.activity);
  const nobody = station.database.transaction(async (tx) => startDriving(tx, 'nobody', now));
  await expect(nobody).rejects.toMatchObject({ code: 'YZ001' });
});

test('a credential is granted, renewed and recalled', async () => {
  await outsideDriver(station, 'O3');
  const credential = 'health_certificate';
  const validFrom = station.clock.now();
  const grant = { driverId: 'O3', credential, validFrom, validUntil: validFrom + 60 * minute, issuer: 'Jinhua' };
  const held = async () => (await facts('O3')).facts.credentials.filter((each) => each.credential === credential);
  await station.get(GrantCredential).execute(another(), grant);
  await station.get(GrantCredential).execute(another(), { ...grant, validUntil: validFrom + 90 * minute });
  expect(await held()).toEqual([{ credential, validFrom, validUntil: validFrom + 90 * minute }]);
  const request = another();
  const recall = { driverId: 'O3', credential, reason: 'positive_contact' };
  const recalled = await station.get(RecallCredential).execute(request, recall);
  expect(await station.get(RecallCredential).execute(request, recall)).toEqual(recalled);
  expect(await held()).toEqual([]);
  await expect(station.get(RecallCredential).execute(another(), recall)).rejects.toMatchObject({
    kind: 'not_found',
    code: 'CREDENTIAL.NOT_HELD',
  });
  expect(await station.eventsOf('driver.credential_recalled')).toMatchObject([
    { data: { driverId: 'O3', credential, reason: 'positive_contact', recalledAt: '2026-03-02T00:00:00.000Z' } },
  ]);
  await expect(
    station.get(GrantCredential).execute(another(), { ...grant, validUntil: grant.validFrom }),
  ).rejects.toMatchObject({ code: 'CREDENTIAL.ENDS_BEFORE_START' });
});

test('a recall names the handoff that he is assigned to', async () => {
  const recall = { driverId: 'R6', credential: 'professional_qualification', reason: 'expired_early' };
  expect(await station.get(RecallCredential).execute(another(), recall)).toMatchObject({ liveHandoffId: `${visit}6` });
});

test('licences, home station and carrier are corrected; null takes away, and an assignment goes by them', async () => {
  const change = station.get(ChangeDriver);
  await relayDriver(station, 'RC');
  await change.execute(another(), { driverId: 'RC', licences: ['B2'], homeStationCode: jindong, carrierId: carrier });
  await change.execute(another(), { driverId: 'RC', carrierId: null });
  const told = (await station.eventsOf('driver.changed')).map(({ data }) => data);
  expect(told).toEqual([
    { driverId: 'RC', licences: ['B2'], homeStationCode: jindong, carrierId: carrier },
    { driverId: 'RC', licences: ['B2'], homeStationCode: jindong },
  ]);
  expect(await facts('RC')).toMatchObject({ facts: { licences: ['B2'] }, homeStationCode: jindong });
  await expect(change.execute(another(), { driverId: 'RC' })).rejects.toMatchObject({ code: 'DRIVER.NOTHING_CHANGES' });
  await expect(change.execute(another(), { driverId: 'RC', carrierId: 'nobody' })).rejects.toMatchObject({
    code: 'CARRIER.NOT_FOUND',
  });
  await assign('RC', 'GC', `${visit}c`);
  await expect(change.execute(another(), { driverId: 'RC', licences: ['C1'] })).rejects.toMatchObject({
    code: 'DRIVER.HAS_LIVE_ASSIGNMENT',
  });
  await change.execute(another(), { driverId: 'RC', homeStationCode: null });
  expect(await facts('RC')).not.toHaveProperty('homeStationCode');
});
