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
  const [row] = await tx.rows<{ area_code: string; state: StationState }>(lockStation, [stationCode]);
  if (!row) throw stationNotFound(stationCode);
  const state = takeStep('station', stationTable, row.state, step);
  const { version } = await tx.one<{ version: number }>(updateStation, [stationCode, state, change.at]);
  return { stationCode, areaCode: row.area_code, state, version };
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

const findStation = `SELECT state FROM station.stations WHERE station_code = $1 AND area_code = $2`;

const lockStation = `SELECT area_code, state FROM station.stations WHERE station_code = $1 FOR UPDATE`;

const updateStation = `
  UPDATE station.stations
  SET state = $2, version = version + 1,
      suspended_at = CASE WHEN $2 = 'suspended' THEN to_timestamp($3::double precision / 1000) END
  WHERE station_code = $1 RETURNING version`;
