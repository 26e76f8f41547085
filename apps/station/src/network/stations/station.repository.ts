import type { AssignmentMode, EventData } from '@yizhan/contracts';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { takeStep } from '../../cases/transition-table.js';
import type { Change } from '../../changes/changes.js';
import { type StationState, type StationStep, stationTable } from './relay-station.js';

export interface StationAnswer {
  readonly stationCode: string;
  readonly areaCode: string;
  readonly state: StationState;
  readonly version: number;
}

/** Locks the station and takes it one step on. @throws Problem where there is none, or the step is not open. */
export async function changeStation(change: Change, stationCode: string, step: StationStep): Promise<StationAnswer> {
  const { tx } = change;
  const { areaCode, state: before } = await lockStation(tx, stationCode);
  const state = takeStep('station', stationTable, before, step);
  const { version } = await tx.one<{ version: number }>(updateState, [stationCode, state, change.at]);
  keepPause(tx, [stationCode], state, change.at);
  return { stationCode, areaCode, state, version };
}

/** Whoever changes the state of stations says so here: when no handoff could start is kept for what is recorded later. */
export function keepPause(tx: Transaction, stationCodes: readonly string[], state: StationState, at: number): void {
  if (state === 'open') tx.last(endPauses, [stationCodes, at]);
  else tx.last(beginPauses, [stationCodes, at, state]);
}

export interface LockedStation {
  readonly areaCode: string;
  readonly state: StationState;
  readonly assignmentMode: AssignmentMode;
}

/** Locks the station: no handoff starts there until the transaction ends. @throws Problem `not_found`. */
export async function lockStation(tx: Transaction, stationCode: string): Promise<LockedStation> {
  const [row] = await tx.rows<LockedStation>(lock, [stationCode]);
  if (!row) throw stationNotFound(stationCode);
  return row;
}

/** What `station.opened` says of a station. */
export function readStationFacts(tx: Transaction, stationCode: string): Promise<EventData['station.opened']> {
  return tx.one<EventData['station.opened']>(readFacts, [stationCode]);
}

/** @throws Problem where the area has no such station, or it is closed. */
export async function requireStationOfArea(tx: Transaction, stationCode: string, areaCode: string): Promise<void> {
  const [row] = await tx.rows<{ state: StationState }>(findStation, [stationCode, areaCode]);
  if (!row) throw stationNotFound(stationCode);
  if (row.state !== 'closed') return;
  throw new Problem('conflict', 'STATION.CLOSED', `the station ${stationCode} is closed`, { stationCode });
}

export function stationNotFound(stationCode: string): Problem {
  return new Problem('not_found', 'STATION.NOT_FOUND', `no station ${stationCode}`, { stationCode });
}

const beginPauses = `
  INSERT INTO station.station_pauses (station_code, from_at, why)
  SELECT code, to_timestamp($2::double precision / 1000), $3 FROM unnest($1::text[]) AS code`;

const endPauses = `
  UPDATE station.station_pauses SET to_at = to_timestamp($2::double precision / 1000)
  WHERE station_code = ANY ($1) AND to_at IS NULL`;

const findStation = `SELECT state FROM station.stations WHERE station_code = $1 AND area_code = $2`;

const lock = `
  SELECT area_code AS "areaCode", state, assignment_mode AS "assignmentMode"
  FROM station.stations WHERE station_code = $1 FOR UPDATE`;

const readFacts = `
  SELECT s.station_code AS "stationCode", s.area_code AS "areaCode", s.county_code AS "countyCode",
         ARRAY(SELECT b.bay_code FROM station.bays b WHERE b.station_code = s.station_code ORDER BY b.bay_code) AS bays,
         json_build_object('latitude', s.latitude, 'longitude', s.longitude) AS location, s.zone_ids AS "zoneIds"
  FROM station.stations s WHERE s.station_code = $1`;

const updateState = `
  UPDATE station.stations
  SET state = $2, version = version + 1,
      suspended_at = CASE WHEN $2 = 'suspended' THEN to_timestamp($3::double precision / 1000) END
  WHERE station_code = $1 RETURNING version`;
