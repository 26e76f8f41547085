import type { NewEvent } from '@yizhan/event-log';
import type { PolicyRules } from '@yizhan/policy';
import { given } from '../cases/given.js';
import { writeExceptionChange } from '../exceptions/exception-rows.js';
import { type ExceptionSubject, raise } from '../exceptions/raising.js';
import type { Change } from '../changes/changes.js';

interface HeldTruck {
  carrier_id: string | null;
  run_id: string | null;
  visit_id: string | null;
}

interface EndedShiftPlace {
  readonly areaCode: string;
  readonly plate: string;
  readonly stationCode: string;
  readonly rules: PolicyRules | undefined;
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
  { areaCode, plate, stationCode, rules }: EndedShiftPlace,
): Promise<ShiftOver> {
  const { tx } = change;
  const truck = await tx.one<HeldTruck>(findHeldTruck, [plate]);
  const about = aboutTruck(truck, areaCode, stationCode);
  if (!about) return { events: [] };
  const { exceptions, events } = raise(about, [], 'shift_over_in_zone', change, rules);
  for (const exception of exceptions) writeExceptionChange(tx, exception);
  const [opened] = exceptions.flatMap((exception) => ('opened' in exception ? [exception.opened.exceptionId] : []));
  return { ...given({ exceptionId: opened }), events };
}

function aboutTruck(truck: HeldTruck, areaCode: string, stationCode: string): ExceptionSubject | undefined {
  const { run_id: runId, visit_id: visitId, carrier_id: carrierId } = truck;
  const about = { areaCode, stationCode, visitId, runId, carrierId };
  if (visitId !== null) return { ...about, subject: `visit/${visitId}`, runId: null };
  return runId === null ? undefined : { ...about, subject: `run/${runId}` };
}

const findHeldTruck = `
  SELECT t.carrier_id,
         (SELECT r.run_id FROM station.runs r WHERE r.plate = t.plate AND r.state = 'open') AS run_id,
         (SELECT v.visit_id FROM station.visits v WHERE v.plate = t.plate AND v.state = 'arrived') AS visit_id
  FROM station.trucks t WHERE t.plate = $1`;
