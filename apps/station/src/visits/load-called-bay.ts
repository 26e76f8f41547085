import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';
import { conflict } from '../cases/problems.js';
import { together } from '../changes/together.js';

/** What stands in the way of a truck that is to go into a bay. */
export interface BayInTheWay {
  /** A handoff has started in it, and not ended. */
  readonly occupiedBy: string | null;
  /** Another truck was called to it. */
  readonly calledFor: string | null;
}

/** Locks the bay and looks at it; undefined where the station has no such bay. Send it after every other lock. */
export async function loadCalledBay(
  tx: Transaction,
  visitId: string,
  bayCode: string,
): Promise<BayInTheWay | undefined> {
  // The second statement sees what was committed while the first one waited for its lock.
  const [locked, [inTheWay]] = await together<[object[], BayInTheWay[]]>([
    tx.rows(lockBay, [uuid(visitId), bayCode]),
    tx.rows<BayInTheWay>(readInTheWay, [uuid(visitId), bayCode]),
  ]);
  return locked.length === 0 ? undefined : inTheWay;
}

/** A bay that was called for one truck is not another one's. @throws Problem `conflict`. */
export function assertNotCalledForAnother(bayCode: string, calledFor: string | null): void {
  if (calledFor === null) return;
  throw conflict('BAY.CALLED_FOR_ANOTHER', `another truck was called to bay ${bayCode}: end that call first`, {
    bayCode,
    visitId: calledFor,
  });
}

const lockBay = `
  SELECT 1 FROM station.visits v JOIN station.bays b ON b.station_code = v.station_code AND b.bay_code = $2
  WHERE v.visit_id = $1 FOR UPDATE OF b`;

/** The visit that was called to bay `$2` beside visit `v`, as SQL. */
export const calledForAnother = `(SELECT o.visit_id FROM station.visits o
    WHERE o.station_code = v.station_code AND o.called_bay_code = $2 AND o.visit_id <> v.visit_id
      AND o.state IN ('announced', 'arrived') LIMIT 1)`;

const readInTheWay = `
  SELECT (SELECT h.handoff_id FROM station.handoffs h
          WHERE h.station_code = v.station_code AND h.bay_code = $2 AND h.state = 'started') AS "occupiedBy",
         ${calledForAnother} AS "calledFor"
  FROM station.visits v WHERE v.visit_id = $1`;
