import { eventType, isEvent, type YizhanEvent } from '@yizhan/contracts';
import { loggedHistory } from '@yizhan/event-log';
import { parseInstant } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { exactlyOne } from '../changes/exactly-one.js';
import type { Change, Outcome } from '../changes/changes.js';
import { loadDriverFacts, type LockedDriver } from '../drivers/driver-facts.repository.js';
import type { DriverAnswer } from '../drivers/enrol-driver.js';
import {
  assertNeverCorrected,
  isSameGrant,
  nameOf,
  refuseRetraction,
  retracting,
  standingEvent,
} from './retraction.js';
import { standing } from './visit-record.js';

interface Retracted {
  readonly driverId: string;
  readonly eventId: string;
  readonly byId: string;
}

const credentialEvents = /^driver\.credential_/;
const poolMoves = /^driver\.(pool_joined|returned)$/;

/** Takes back a rest, a shift or a credential that was recorded of a driver and did not occur. */
export async function retractDriverEvent(
  change: Change,
  { driverId, eventId, byId }: Retracted,
): Promise<Outcome<DriverAnswer>> {
  const { tx } = change;
  const driver = await loadDriverFacts(tx, driverId);
  const subject = `driver/${driverId}`;
  const history = await loggedHistory(tx, subject);
  const event = standingEvent(history, subject, eventId);
  assertNeverCorrected(history, event);
  if (driver.liveHandoff) refuseRetraction(event, 'the driver is assigned to a handoff that has not ended');
  if (!isEvent(event, 'driver.rest_recorded') && (await hasSwappedSince(tx, driverId, event))) {
    refuseRetraction(event, 'the driver has been assigned to a swap since');
  }
  undo(tx, driver, standing(history.events), event);
  return {
    events: [retracting(event, { byId, at: change.at })],
    answer: { driverId, areaCode: driver.areaCode, version: driver.version + 1 },
  };
}

/** Of an assignment that is not in the log yet, nobody can say that it came before. */
async function hasSwappedSince(tx: Transaction, driverId: string, { position }: YizhanEvent): Promise<boolean> {
  return (await tx.rows(swapSince, [driverId, Number(position)])).length > 0;
}

function undo(tx: Transaction, driver: LockedDriver, stands: readonly YizhanEvent[], event: YizhanEvent): void {
  const { driverId } = driver.facts;
  const later = stands.slice(stands.findIndex(({ id }) => id === event.id) + 1);
  // The area that has him now was told what he is when he came, and hears nothing of what is taken back elsewhere.
  if (later.some((one) => poolMoves.test(nameOf(one)))) {
    refuseRetraction(event, 'the driver has gone to another pool since');
  }
  if (isEvent(event, 'driver.rest_recorded')) {
    const { startedAt, endedAt } = event.data;
    tx.last(forgetRest, [driverId, parseInstant(startedAt), parseInstant(endedAt)]);
  } else if (isEvent(event, 'driver.shift_started')) {
    if (driver.holdsPlate !== undefined) refuseRetraction(event, `the driver answers for truck ${driver.holdsPlate}`);
    if (later.some((one) => nameOf(one).startsWith('driver.shift_'))) refuseRetraction(event, 'the shift has ended');
    tx.last(forgetShift, [driverId]);
  } else if (isEvent(event, 'driver.credential_granted')) {
    const { credential, validFrom } = event.data;
    if (later.some((one) => credentialEvents.test(nameOf(one)))) {
      refuseRetraction(event, 'a credential was granted or recalled since');
    }
    const before = stands.slice(0, stands.indexOf(event)).some((one) => isSameGrant(one, event));
    if (before) refuseRetraction(event, 'it has replaced an earlier grant');
    tx.last(forgetCredential, [driverId, credential, parseInstant(validFrom)]);
    tx.last(touch, [driverId]);
  } else {
    refuseRetraction(event, 'it is a fact that others rely on');
  }
}

const swapSince = `
  SELECT h.handoff_id FROM station.handoffs h
  WHERE h.driver_id = $1 AND h.state = 'completed' AND coalesce((
    SELECT max(e.position) FROM event_log.entries e
    WHERE e.subject = 'visit/' || h.visit_id AND e.type = '${eventType('handoff.assigned')}'
      AND e.document::jsonb #>> '{data,handoffId}' = h.handoff_id::text
      AND e.document::jsonb #>> '{data,driverId}' = $1), $2::bigint + 1) > $2::bigint LIMIT 1`;

const forgetRest = exactlyOne(`
  UPDATE station.drivers d SET version = version + 1, activity = jsonb_set(d.activity, '{rests}', (
    SELECT coalesce(jsonb_agg(r.rest ORDER BY r.nr), '[]')
    FROM jsonb_array_elements(d.activity -> 'rests') WITH ORDINALITY AS r(rest, nr)
    WHERE (r.rest ->> 'from')::bigint <> $2::bigint OR (r.rest ->> 'to')::bigint <> $3::bigint))
  WHERE d.driver_id = $1`);

const forgetShift = exactlyOne(`
  UPDATE station.drivers
  SET shift_station_code = NULL, shift_started_at = NULL, shift_ends_at = NULL, version = version + 1
  WHERE driver_id = $1 AND shift_station_code IS NOT NULL`);

const touch = 'UPDATE station.drivers SET version = version + 1 WHERE driver_id = $1';

const forgetCredential = exactlyOne(`
  DELETE FROM station.credentials
  WHERE driver_id = $1 AND credential = $2 AND valid_from = to_timestamp($3::double precision / 1000)`);
