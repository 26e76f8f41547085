import type { Transaction } from '@yizhan/persistence';

export interface DriverMove {
  readonly driverId: string;
  readonly areaCode: string;
  readonly fromAreaCode: string;
  readonly stationCode: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface MovedShift {
  /** Where it was. */
  readonly stationCode: string;
  readonly startedAt: number;
  readonly endsAt: number;
  /** False where its time is over already: it has only ended. */
  readonly goesOn: boolean;
}

interface Before {
  readonly stationCode: string | null;
  readonly startedAt: number | null;
  readonly endsAt: number | null;
}

/** Puts a driver whose row is locked into another pool, at a station of it. @returns the shift that he was on, which goes on there. */
export async function moveDriver(tx: Transaction, move: DriverMove): Promise<MovedShift | undefined> {
  const { driverId, areaCode, fromAreaCode, stationCode, at } = move;
  const before = await tx.one<Before>(update, [driverId, areaCode, fromAreaCode, stationCode, at]);
  if (before.stationCode === null || before.startedAt === null || before.endsAt === null) return undefined;
  tx.last(keepShift, [driverId, before.stationCode, before.startedAt, before.endsAt, at]);
  const { startedAt, endsAt } = before;
  return { stationCode: before.stationCode, startedAt, endsAt, goesOn: endsAt > at };
}

const instant = (place: string): string => `to_timestamp(${place}::double precision / 1000)`;
const goesOn = (value: string): string => `CASE WHEN before.ends_at > ${instant('$5')} THEN ${value} END`;

const update = `
  UPDATE station.drivers AS d
  SET area_code = $2, station_code = $4, rest_since = NULL, shift_station_code = ${goesOn('$4')},
      shift_started_at = ${goesOn(instant('$5'))}, shift_ends_at = ${goesOn('before.ends_at')}, version = d.version + 1
  FROM (SELECT driver_id, shift_station_code AS station_code, shift_started_at AS started_at, shift_ends_at AS ends_at
        FROM station.drivers WHERE driver_id = $1) AS before
  WHERE d.driver_id = before.driver_id AND d.area_code = $3
  RETURNING before.station_code AS "stationCode", before.started_at AS "startedAt", before.ends_at AS "endsAt"`;

// One that was recorded twice with the same beginning counts once.
export const keepShift = `
  INSERT INTO station.ended_shifts (driver_id, station_code, started_at, ends_at, ended_at)
  VALUES ($1, $2, ${instant('$3')}, ${instant('$4')}, ${instant('$5')}) ON CONFLICT DO NOTHING`;
