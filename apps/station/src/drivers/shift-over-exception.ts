import type { NewEvent } from '@yizhan/event-log';
import { type ExceptionSubject, raise } from '../cases/exceptions.js';
import type { Change } from '../changes/changes.js';

interface HeldTruck {
  carrier_id: string | null;
  run_id: string | null;
  visit_id: string | null;
}

export interface ShiftOver {
  readonly exceptionId?: string;
  readonly events: readonly NewEvent[];
}

/**
 * A shift is over and its driver still answers for a truck: an exception runs on the truck's run, or on its visit where
 * it stands at a station, until he hands the truck over.
 */
export async function openShiftOverException(
  change: Change,
  areaCode: string,
  plate: string,
  stationCode: string,
): Promise<ShiftOver> {
  const { tx } = change;
  const truck = await tx.one<HeldTruck>(findHeldTruck, [plate]);
  const about = aboutTruck(truck, areaCode, stationCode);
  if (!about) return { events: [] };
  const { exceptions, events } = raise(about, [], 'shift_over_in_zone', change);
  const [{ exceptionId } = { exceptionId: undefined }] = exceptions;
  const { subject, visitId, runId } = about;
  await tx.rows(insertException, [exceptionId, areaCode, subject, visitId, runId, stationCode, change.at]);
  return { ...(exceptionId === undefined ? {} : { exceptionId }), events };
}

function aboutTruck(truck: HeldTruck, areaCode: string, owner: string): ExceptionSubject | undefined {
  const { run_id: runId, visit_id: visitId, carrier_id: carrierId } = truck;
  const about = { areaCode, owner, visitId, runId, carrierId };
  if (visitId !== null) return { ...about, subject: `visit/${visitId}`, runId: null };
  return runId === null ? undefined : { ...about, subject: `run/${runId}` };
}

const findHeldTruck = `
  SELECT t.carrier_id,
         (SELECT r.run_id FROM station.runs r WHERE r.plate = t.plate AND r.state = 'open') AS run_id,
         (SELECT v.visit_id FROM station.visits v WHERE v.plate = t.plate AND v.state = 'arrived') AS visit_id
  FROM station.trucks t WHERE t.plate = $1`;

const insertException = `
  INSERT INTO station.exceptions (exception_id, area_code, subject, visit_id, run_id, code, owner, state, opened_at)
  VALUES ($1, $2, $3, $4, $5, 'shift_over_in_zone', $6, 'open', to_timestamp($7::double precision / 1000))`;
