import type { Transaction } from '@yizhan/persistence';
import { openExceptions } from '../cases/load-case.js';
import type { OpenException } from '../exceptions/raising.js';

/** What a recalled driver is on at the moment. */
export interface RecallTies {
  /** The run of the truck that he answers for, and the station that it comes back to. */
  readonly openRun: { readonly runId: string; readonly plate: string; readonly stationCode: string | null } | null;
  /** Where he is taking over a truck in a bay. */
  readonly startedAtStation: string | null;
  /** When the newest grant of the credential began that is recalled. */
  readonly validFrom: number | null;
  /** The assignment that he had then, as `<handoffId>/<assignmentNo>`. */
  readonly assignedThen: string | null;
  /** Open exceptions of the driver himself. */
  readonly exceptions: readonly OpenException[];
}

type TiesRow = Omit<RecallTies, 'exceptions'> & { readonly exceptions: readonly OpenException[] | null };

/** Reads it; the driver is locked. */
export async function loadRecall(tx: Transaction, driverId: string, credential: string): Promise<RecallTies> {
  const ties = await tx.one<TiesRow>(readTies, [driverId, credential]);
  return { ...ties, exceptions: ties.exceptions ?? [] };
}

/** The run that the truck of a driver is on, and the station that it is expected at, as JSON. */
export const openRunOf = (driver: string): string => `
  (SELECT json_build_object('runId', r.run_id, 'plate', r.plate, 'stationCode', v.station_code)
   FROM station.trucks t JOIN station.runs r ON r.plate = t.plate AND r.state = 'open'
   LEFT JOIN station.visits v ON v.visit_id = coalesce(r.into_zone_visit_id, r.out_of_zone_visit_id)
   WHERE t.custodian_kind = 'driver' AND t.custodian_id = ${driver})`;

const readTies = `
  SELECT ${openRunOf('$1')} AS "openRun",
    (SELECT h.station_code FROM station.handoffs h WHERE h.driver_id = $1 AND h.state = 'started') AS "startedAtStation",
    recalled."validFrom", recalled."assignedThen",
    ${openExceptions(`= 'driver/' || $1`)} AS exceptions
  FROM (SELECT max(c.valid_from) AS "validFrom", max(c.assigned_then) AS "assignedThen" FROM station.credentials c
        WHERE c.driver_id = $1 AND c.credential = $2 AND c.recalled_at IS NOT NULL AND c.traced_at IS NULL) AS recalled`;
