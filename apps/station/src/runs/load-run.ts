import type { PolicyRef } from '@yizhan/contracts';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { OpenException } from '../exceptions/raising.js';
import { openExceptions, uuid } from '../cases/load-case.js';
import { runRows, truckOfRow, type TruckColumns, truckRows } from '../cases/rows.js';
import { together } from '../changes/together.js';
import type { TrackedTruck } from '../custody/truck.js';
import type { Run } from './run.js';

/** What a decision about a run may ask; truck and run are locked, in this order. */
export interface RunCase {
  readonly run: Run;
  readonly truck: TrackedTruck;
  readonly exceptions: readonly OpenException[];
  /** Where the truck went in, or came out. */
  readonly stationCode: string | undefined;
  /** Absent where the run is in no zone that we know. */
  readonly zoneState: 'active' | 'lifted' | undefined;
  /** In force in that zone. */
  readonly policy: PolicyRef | undefined;
  /** The visit that the truck is on now. */
  readonly openVisitId: string | undefined;
}

interface Locked {
  readonly truck: TruckColumns;
  readonly run: Run;
}

interface Around {
  readonly exceptions: readonly OpenException[] | null;
  readonly stationCode: string | null;
  readonly zoneState: 'active' | 'lifted' | null;
  readonly policy: PolicyRef | null;
  readonly openVisitId: string | null;
}

/** @throws Problem `not_found`. */
export async function loadRun(tx: Transaction, runId: string): Promise<RunCase> {
  const key = [uuid(runId)];
  const [[locked], [around]] = await together<[Locked[], Around[]]>([
    tx.rows<Locked>(lockRun, key),
    tx.rows<Around>(readAround, key),
  ]);
  if (!locked || !around) throw new Problem('not_found', 'RUN.NOT_FOUND', `there is no run ${runId}`);
  return {
    run: locked.run,
    truck: truckOfRow(locked.truck),
    exceptions: around.exceptions ?? [],
    stationCode: around.stationCode ?? undefined,
    zoneState: around.zoneState ?? undefined,
    policy: around.policy ?? undefined,
    openVisitId: around.openVisitId ?? undefined,
  };
}

const lockRun = `SELECT ${truckRows.json('t')} AS truck, ${runRows.json('r')} AS run
  FROM station.runs r JOIN station.trucks t ON t.plate = r.plate WHERE r.run_id = $1 FOR UPDATE OF t, r`;

const readAround = `
  SELECT ${openExceptions(`= 'run/' || r.run_id`)} AS exceptions, v.station_code AS "stationCode", z.state AS "zoneState",
    CASE WHEN z.zone_id IS NOT NULL THEN json_build_object('id', z.policy_id, 'version', z.policy_version) END AS policy,
    (SELECT o.visit_id FROM station.visits o WHERE o.plate = r.plate AND o.state = 'arrived') AS "openVisitId"
  FROM station.runs r
  LEFT JOIN station.visits v ON v.visit_id = coalesce(r.into_zone_visit_id, r.out_of_zone_visit_id)
  LEFT JOIN station.zones z ON z.zone_id = r.zone_id
  WHERE r.run_id = $1`;
