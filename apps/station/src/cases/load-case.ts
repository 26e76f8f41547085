import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { Handoff } from '../handoffs/handoff.js';
import type { Pass } from '../passes/pass.js';
import type { Run } from '../runs/run.js';
import type { Visit } from '../visits/visit.js';
import type { OpenException } from '../exceptions/raising.js';
import type { Policies } from './policies.js';
import { handoffRows, passRows, runRows, type TruckColumns, truckOfRow, truckRows, visitRows } from './rows.js';
import type { Place, TruckCase } from './truck-case.js';

/** A place with its policy by name. */
export type PlaceRow = Omit<Place, 'rules'>;

interface Locked {
  readonly visit: Visit;
  readonly truck: TruckColumns;
}

interface Around {
  readonly handoff: Handoff | null;
  readonly run: Run | null;
  readonly pass: Pass | null;
  readonly place: PlaceRow;
  readonly custodianIsDriver: boolean;
  readonly custodianSide: string | null;
  readonly exceptions: readonly OpenException[] | null;
}

/** A station `s` and a zone `z` as a `PlaceRow`. */
export const placeJson = `json_build_object('stationCode', s.station_code, 'areaCode', s.area_code, 'stationState', s.state, 'hours', s.opening_hours,
  'assignmentMode', s.assignment_mode,
  'bays', ARRAY(SELECT b.bay_code FROM station.bays b WHERE b.station_code = s.station_code ORDER BY b.bay_code),
  'zoneState', z.state, 'policy', json_build_object('id', z.policy_id, 'version', z.policy_version))`;

/** The pass of the truck of a visit `v`, as JSON. */
const livePass = `(SELECT ${passRows.json('p')} FROM station.passes p
  WHERE p.plate = v.plate AND p.area_code = v.area_code AND p.state = 'issued')`;

/** Open exceptions of the subjects that `which` names, as JSON. */
export function openExceptions(which: string): string {
  return `(SELECT json_agg(json_build_object('exceptionId', e.exception_id, 'code', e.code, 'subject', e.subject, 'owner', e.owner,
                                             'level', e.level, 'stationCode', e.station_code)
                           ORDER BY e.exception_id)
           FROM station.exceptions e WHERE e.subject ${which} AND e.state = 'open')`;
}

/**
 * One round trip. The visit and the truck are locked, in this order; every change of their handoffs and runs locks them too,
 * so what the second statement reads, with a snapshot of after the locks, stands still.
 */
function statements(isTheVisit: string, whichHandoff: string) {
  return {
    lock: `SELECT ${visitRows.json('v')} AS visit, ${truckRows.json('t')} AS truck
      FROM station.visits v JOIN station.trucks t ON t.plate = v.plate WHERE ${isTheVisit} FOR UPDATE OF v, t`,
    around: `
      SELECT CASE WHEN h.handoff_id IS NOT NULL THEN ${handoffRows.json('h')} END AS handoff,
        CASE WHEN r.run_id IS NOT NULL THEN ${runRows.json('r')} END AS run,
        ${livePass} AS pass, ${placeJson} AS place, d.driver_id IS NOT NULL AS "custodianIsDriver", d.inside_zone_id AS "custodianSide",
        ${openExceptions(`IN ('visit/' || v.visit_id, 'run/' || v.run_id)`)} AS exceptions
      FROM station.visits v
      JOIN station.stations s ON s.station_code = v.station_code
      JOIN station.zones z ON z.zone_id = v.zone_id
      JOIN station.trucks t ON t.plate = v.plate
      LEFT JOIN station.drivers d ON t.custodian_kind = 'driver' AND d.driver_id = t.custodian_id
      LEFT JOIN station.runs r ON r.run_id = v.run_id
      LEFT JOIN LATERAL (
        SELECT o.* FROM station.handoffs o WHERE ${whichHandoff} ORDER BY o.try_no DESC LIMIT 1) h ON true
      WHERE ${isTheVisit}`,
  };
}

const newest = 'o.visit_id = v.visit_id';
const byVisit = statements('v.visit_id = $1', newest);
const byHandoff = statements(
  'v.visit_id = (SELECT w.visit_id FROM station.handoffs w WHERE w.handoff_id = $1)',
  'o.handoff_id = $1',
);
const byPlate = statements(`v.plate = $1 AND v.state = 'arrived'`, newest);

/** The case of a visit. @throws Problem `not_found`. */
export function caseOfVisit(tx: Transaction, policies: Policies, visitId: string): Promise<TruckCase> {
  return found(load(tx, policies, byVisit, uuid(visitId)), 'VISIT.NOT_FOUND', `there is no visit ${visitId}`);
}

/** The case of the visit that a handoff belongs to, with that handoff. @throws Problem `not_found`. */
export function caseOfHandoff(tx: Transaction, policies: Policies, handoffId: string): Promise<TruckCase> {
  return found(load(tx, policies, byHandoff, uuid(handoffId)), 'HANDOFF.NOT_FOUND', `there is no handoff ${handoffId}`);
}

/** The case of the visit that a truck is on now, where it is on one. */
export function caseOfPlate(tx: Transaction, policies: Policies, plate: string): Promise<TruckCase | undefined> {
  return load(tx, policies, byPlate, plate);
}

async function load(
  tx: Transaction,
  policies: Policies,
  sql: ReturnType<typeof statements>,
  key: string,
): Promise<TruckCase | undefined> {
  const [[locked], [around]] = await Promise.all([
    tx.rows<Locked>(sql.lock, [key]),
    tx.rows<Around>(sql.around, [key]),
  ]);
  if (!locked || !around) return undefined;
  const { handoff, run, pass, place, custodianIsDriver, custodianSide, exceptions } = around;
  return {
    visit: locked.visit,
    truck: truckOfRow(locked.truck),
    handoff: handoff ?? undefined,
    run: run ?? undefined,
    pass: pass ?? undefined,
    place: await placeOfRow(tx, policies, place),
    custodianSide: custodianIsDriver ? custodianSide : undefined,
    exceptions: exceptions ?? [],
  };
}

export async function placeOfRow(tx: Transaction, policies: Policies, place: PlaceRow): Promise<Place> {
  return { ...place, rules: await policies.rules(tx, place.areaCode, place.policy) };
}

async function found<T>(loading: Promise<T | undefined>, code: string, message: string): Promise<T> {
  const loaded = await loading;
  if (loaded === undefined) throw new Problem('not_found', code, message);
  return loaded;
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const nobody = '00000000-0000-0000-0000-000000000000';

export function isUuid(text: string): boolean {
  return uuidForm.test(text);
}

/** What is no UUID names nothing. */
export function uuid(text: string): string {
  return isUuid(text) ? text : nobody;
}
