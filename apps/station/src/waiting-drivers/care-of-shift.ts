import type { Database } from '@yizhan/persistence';

/** What a station has given those who wait, in the shift that is under way. */
export interface CareOfShift {
  readonly restPlaces: number;
  readonly restPlacesTaken: number;
  /** Also to drivers who have left since. */
  readonly meals: number;
}

/** @param since when the shift began, epoch milliseconds. */
export async function readCareOfShift(database: Database, stationCode: string, since: number): Promise<CareOfShift> {
  const [row] = await database.rows<CareOfShift>(readCare, [stationCode, since]);
  return row ?? { restPlaces: 0, restPlacesTaken: 0, meals: 0 };
}

const readCare = `
  SELECT s.rest_places AS "restPlaces",
    (SELECT count(*)::int FROM station.drivers d WHERE d.station_code = $1 AND d.rest_since IS NOT NULL) AS "restPlacesTaken",
    (SELECT count(*)::int FROM station.meals m
     WHERE m.station_code = $1 AND m.given_at >= to_timestamp($2::double precision / 1000)) AS meals
  FROM station.stations s WHERE s.station_code = $1`;
