import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '@yizhan/http';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { IntakeResponse, IntakesQuery, MissingPart } from './intakes.dto.js';

interface IntakeRow {
  readonly person_id: string;
  readonly station_code: string;
  readonly plate: string;
  readonly taken_in_at: number;
  readonly taken_in_by: string;
  readonly missing: MissingPart[];
}

/** Drivers and carriers who were taken in and of whom something is still to be asked. */
@Injectable()
export class Intakes {
  constructor(private readonly database: Database) {}

  /** At the stations given only; `undefined` stands for all. */
  async list(query: IntakesQuery, stations: readonly string[] | undefined): Promise<Page<IntakeResponse>> {
    const [after] = query.afterKeys(1) ?? [];
    const rows = await this.database.rows<IntakeRow>(readIncomplete, [
      stations ?? null,
      query.stationCode ?? null,
      after ?? null,
      query.limit + 1,
    ]);
    return pageOf(rows, query.limit, ({ person_id }) => [person_id], itemOf);
  }
}

const itemOf = (row: IntakeRow): IntakeResponse => ({
  personId: row.person_id,
  stationCode: row.station_code,
  plate: row.plate,
  takenInAt: toIso(row.taken_in_at),
  takenInBy: row.taken_in_by,
  missing: row.missing,
});

const readIncomplete = `
  SELECT i.person_id, i.station_code, i.plate, i.taken_in_at, i.taken_in_by, asked.missing
  FROM station.intakes i
  LEFT JOIN station.drivers d ON 'driver:' || d.driver_id = i.person_id
  LEFT JOIN station.carriers c ON 'carrier:' || c.carrier_id = i.person_id
  CROSS JOIN LATERAL (
    SELECT array_agg(part.name ORDER BY part.nr) AS missing
    FROM (VALUES
      (1, 'name', d.driver_id IS NOT NULL), (2, 'phone', true), (3, 'identityNumber', d.driver_id IS NOT NULL),
      (4, 'licences', d.licences = '{}'), (5, 'carrierName', c.name = c.carrier_id)) AS part(nr, name, applies)
    WHERE part.applies AND NOT EXISTS (
      SELECT FROM station.personal_data p WHERE p.person_id = i.person_id AND p.field = part.name)) AS asked
  WHERE asked.missing IS NOT NULL
    AND NOT EXISTS (SELECT FROM station.erasures e WHERE e.person_id = i.person_id)
    AND ($1::text[] IS NULL OR i.station_code = ANY($1)) AND ($2::text IS NULL OR i.station_code = $2)
    AND ($3::text IS NULL OR i.person_id > $3)
  ORDER BY i.person_id LIMIT $4`;
