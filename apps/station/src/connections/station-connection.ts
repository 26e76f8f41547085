import type { Transaction } from '@yizhan/persistence';
import { stationNotFound } from '../network/stations/station.repository.js';

/** How a station hangs together with its area. Instants are epoch milliseconds. */
export interface StationConnection {
  readonly areaCode: string;
  /** When one of its devices was heard last; null where none was since a person has said how it is. */
  readonly heardAt: number | null;
  /** Since when it counts as cut off; null while it does not. */
  readonly cutOffAt: number | null;
}

/** Locks the station. @throws Problem `not_found`. */
export async function lockConnection(tx: Transaction, stationCode: string): Promise<StationConnection> {
  const [row] = await tx.rows<StationConnection>(lock, [stationCode]);
  if (!row) throw stationNotFound(stationCode);
  return row;
}

/** @param at since when it is cut off, or null where it is connected. */
export function keepCutOff(tx: Transaction, stationCode: string, at: number | null): void {
  tx.last(update, [stationCode, at]);
}

/** A person's word holds until a device is heard: till then silence says nothing. */
export function forgetWhenHeard(tx: Transaction, stationCode: string): void {
  tx.last('UPDATE station.stations SET heard_at = NULL WHERE station_code = $1', [stationCode]);
}

const lock = `
  SELECT area_code AS "areaCode", heard_at AS "heardAt", cut_off_at AS "cutOffAt"
  FROM station.stations WHERE station_code = $1 FOR UPDATE`;

const update = `
  UPDATE station.stations SET cut_off_at = to_timestamp($2::double precision / 1000), version = version + 1
  WHERE station_code = $1`;
