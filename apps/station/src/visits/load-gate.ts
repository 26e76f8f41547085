import type { Transaction } from '@yizhan/persistence';
import type { ConsignmentFacts } from '@yizhan/contracts';
import type { OpenException } from '../exceptions/raising.js';
import { openExceptions, uuid } from '../cases/load-case.js';
import type { Policies } from '../cases/policies.js';
import { runRows, truckOfRow, type TruckColumns, truckRows, visitRows } from '../cases/rows.js';
import { together } from '../changes/together.js';
import type { Place } from '../cases/truck-case.js';
import type { TrackedTruck } from '../custody/truck.js';
import { type LockedDriving, lockDriving } from '../drivers/driver-facts.repository.js';
import type { Run } from '../runs/run.js';
import { placeFor } from './acceptable-visit.js';
import { requireRegistered } from './registered-parties.js';
import type { Visit } from './visit.js';

/** What is known of a truck that stands before the gate. */
export interface AtTheGate {
  /** As announced. */
  readonly visit: Visit | undefined;
  readonly truck: TrackedTruck | undefined;
  /** The truck's open run. */
  readonly run: Run | undefined;
  /** Open exceptions of that run. */
  readonly exceptions: readonly OpenException[];
  readonly place: Place;
  /** Of who brings it. */
  readonly driving: LockedDriving;
  /** Another truck that he answers for. */
  readonly holdsPlate: string | undefined;
}

interface Arriving {
  readonly visitId: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly truck: { readonly plate: string };
  readonly driverId: string;
  readonly carrierId?: string;
  readonly consignments: readonly ConsignmentFacts[];
}

/** A row of `lockTruck`. */
export interface LockedTruck {
  readonly truck: TruckColumns;
}

interface OpenRun {
  readonly run: Run;
  readonly exceptions: readonly OpenException[] | null;
}

/** Locks the visit, where it was announced, the truck, where it is known, and the driver. */
export async function loadGate(tx: Transaction, policies: Policies, arriving: Arriving): Promise<AtTheGate> {
  const { plate } = arriving.truck;
  const [[announced], [known], [beyond], place, driving, [other]] = await together<
    [{ visit: Visit }[], LockedTruck[], OpenRun[], Place, LockedDriving, { plate: string }[], void]
  >([
    tx.rows(lockVisit, [uuid(arriving.visitId)]),
    tx.rows(lockTruck, [plate]),
    tx.rows(readOpenRun, [plate]),
    placeFor(tx, policies, arriving.stationCode, arriving.zoneId),
    lockDriving(tx, arriving.driverId),
    tx.rows(readOtherTruck, [arriving.driverId, plate]),
    requireRegistered(tx, arriving),
  ]);
  return {
    visit: announced?.visit,
    truck: known && truckOfRow(known.truck),
    run: beyond?.run,
    exceptions: beyond?.exceptions ?? [],
    place,
    driving,
    holdsPlate: other?.plate,
  };
}

const lockVisit = `SELECT ${visitRows.json('v')} AS visit FROM station.visits v WHERE v.visit_id = $1 FOR UPDATE`;

export const lockTruck = `SELECT ${truckRows.json('t')} AS truck FROM station.trucks t WHERE t.plate = $1 FOR UPDATE`;

const readOpenRun = `
  SELECT ${runRows.json('r')} AS run, ${openExceptions(`= 'run/' || r.run_id`)} AS exceptions
  FROM station.runs r WHERE r.plate = $1 AND r.state = 'open'`;

const readOtherTruck = `
  SELECT t.plate FROM station.trucks t WHERE t.custodian_kind = 'driver' AND t.custodian_id = $1 AND t.plate <> $2`;
