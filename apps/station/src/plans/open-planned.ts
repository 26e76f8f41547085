import { type NewEvent, newEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type { Change } from '../changes/changes.js';
import { given } from '../cases/given.js';
import { type Readiness, readinessFacts } from '../network/enterprises/enterprise.js';
import { keepPause, readStationFacts } from '../network/stations/station.repository.js';
import type { Existing } from './plan-faults.js';
import type { Duty, PlanTemplate } from './plan-template.js';

/** Opens the stations that are not open: new ones as planned, closed ones as they were. */
export async function openStations(
  { tx, at }: Change,
  areaCode: string,
  { zone, stations }: PlanTemplate,
  existing: Existing,
): Promise<{ events: NewEvent[]; stationCodes: string[] }> {
  const toOpen = stations.filter(({ stationCode }) => existing.stations.get(stationCode)?.state !== 'open');
  await tx.rows(upsertStations, [JSON.stringify(toOpen), areaCode, zone.zoneId]);
  keepPause(
    tx,
    toOpen.map(({ stationCode }) => stationCode),
    'open',
    at,
  );
  await tx.rows(insertBays, [JSON.stringify(toOpen.filter(({ stationCode }) => !existing.stations.has(stationCode)))]);
  const events: NewEvent[] = [];
  for (const { stationCode, assignmentMode, openingHours } of toOpen) {
    const place = { subject: `station/${stationCode}`, areaCode, time: at };
    events.push(newEvent({ name: 'station.opened', ...place, data: await readStationFacts(tx, stationCode) }));
    if (existing.stations.has(stationCode)) continue;
    if (assignmentMode === 'review') {
      const data = { stationCode, assignmentMode };
      events.push(newEvent({ name: 'station.assignment_mode_changed', ...place, data }));
    }
    if (openingHours) {
      events.push(newEvent({ name: 'station.hours_changed', ...place, data: { stationCode, hours: openingHours } }));
    }
  }
  return { events, stationCodes: toOpen.map(({ stationCode }) => stationCode) };
}

/** Enrols the drivers of the pool who are not enrolled yet. */
export async function enrolPool(
  { tx, at }: Change,
  areaCode: string,
  { zone: { zoneId }, pool }: PlanTemplate,
  existing: Existing,
): Promise<NewEvent[]> {
  const fresh = pool.filter(({ driverId }) => !existing.drivers.has(driverId));
  await tx.rows(insertDrivers, [JSON.stringify(fresh), areaCode, zoneId]);
  return fresh.map(({ driverId, licences, homeStationCode }) =>
    newEvent({
      name: 'driver.enrolled',
      subject: `driver/${driverId}`,
      areaCode,
      time: at,
      data: { driverId, insideZoneId: zoneId, licences, ...given({ homeStationCode }) },
    }),
  );
}

/** Activates the enterprises; those that are not known are registered, those that had ended are willing again first. */
export async function activateEnterprises(
  { tx, at }: Change,
  areaCode: string,
  { zone: { zoneId }, enterprises }: PlanTemplate,
): Promise<{ events: NewEvent[]; enterpriseIds: string[] }> {
  const before = await tx.rows<{ id: string; readiness: Readiness }>(lockEnterprises, [
    enterprises.map(({ enterpriseId }) => enterpriseId),
  ]);
  const readinessOf = new Map(before.map(({ id, readiness }) => [id, readiness]));
  const toActivate = enterprises.filter(({ enterpriseId }) => readinessOf.get(enterpriseId) !== 'activated');
  await tx.rows(upsertEnterprises, [JSON.stringify(toActivate), areaCode, zoneId]);
  const events = toActivate.flatMap(({ enterpriseId }) => {
    const readiness = readinessOf.get(enterpriseId);
    const isWillingFirst = readiness === undefined || readiness === 'ended';
    const steps: readonly Readiness[] = isWillingFirst ? ['willing', 'activated'] : ['activated'];
    return steps.map((step) => eventOfReadiness(enterpriseId, step, areaCode, at));
  });
  return { events, enterpriseIds: toActivate.map(({ enterpriseId }) => enterpriseId) };
}

export function eventOfReadiness(enterpriseId: string, readiness: Readiness, areaCode: string, time: number): NewEvent {
  const data = readinessFacts(enterpriseId, readiness);
  return newEvent({
    name: 'enterprise.readiness_changed',
    subject: `enterprise/${enterpriseId}`,
    areaCode,
    time,
    data,
  });
}

/** Writes the duty table; a planned shift of a driver is an event of his. */
export async function planDuties(
  change: Change,
  areaCode: string,
  planId: string | null,
  duties: readonly Duty[],
): Promise<NewEvent[]> {
  const rows = duties.map((duty, index) => ({ ...duty, dutyId: change.newId(`duty/${index}`) }));
  await change.tx.rows(insertDuties, [JSON.stringify(rows), areaCode, planId]);
  return rows
    .filter(({ role }) => role === 'driver')
    .map(({ dutyId, stationCode, personId, startsAt, endsAt }) =>
      newEvent({
        name: 'driver.shift_planned',
        subject: `driver/${personId}`,
        areaCode,
        time: change.at,
        data: { driverId: personId, dutyId, stationCode, startsAt: toIso(startsAt), endsAt: toIso(endsAt) },
      }),
    );
}

const upsertStations = `
  INSERT INTO station.stations AS s
    (station_code, area_code, county_code, name, latitude, longitude, zone_ids, state, assignment_mode, opening_hours)
  SELECT "stationCode", $2, "countyCode", name, (location->>'latitude')::double precision,
         (location->>'longitude')::double precision, ARRAY[$3::text], 'open', coalesce("assignmentMode", 'auto'), "openingHours"
  FROM json_to_recordset($1) AS row("stationCode" text, "countyCode" text, name text, location json, "assignmentMode" text,
                                    "openingHours" jsonb)
  ON CONFLICT (station_code) DO UPDATE SET state = 'open', suspended_at = NULL, version = s.version + 1`;

const insertBays = `
  INSERT INTO station.bays (station_code, bay_code)
  SELECT row."stationCode", bay FROM json_to_recordset($1) AS row("stationCode" text, bays text[]), unnest(row.bays) AS bay`;

const insertDrivers = `
  INSERT INTO station.drivers (driver_id, area_code, inside_zone_id, licences, home_station_code)
  SELECT "driverId", $2, $3, licences, "homeStationCode"
  FROM json_to_recordset($1) AS row("driverId" text, licences text[], "homeStationCode" text)`;

const lockEnterprises = `
  SELECT enterprise_id AS id, readiness FROM station.enterprises WHERE enterprise_id = ANY ($1) ORDER BY enterprise_id FOR UPDATE`;

const upsertEnterprises = `
  INSERT INTO station.enterprises AS e (enterprise_id, area_code, zone_id, name, readiness, priority)
  SELECT "enterpriseId", $2, $3, name, 'activated', coalesce(priority, 0)
  FROM json_to_recordset($1) AS row("enterpriseId" text, name text, priority integer)
  ON CONFLICT (enterprise_id) DO UPDATE SET readiness = 'activated', version = e.version + 1`;

const insertDuties = `
  INSERT INTO station.duties (duty_id, plan_id, area_code, station_code, role, person_id, starts_at, ends_at, state)
  SELECT "dutyId", $3, $2, "stationCode", role, "personId", to_timestamp("startsAt" / 1000), to_timestamp("endsAt" / 1000), 'planned'
  FROM json_to_recordset($1) AS row("dutyId" uuid, "stationCode" text, role text, "personId" text,
                                    "startsAt" double precision, "endsAt" double precision)`;
