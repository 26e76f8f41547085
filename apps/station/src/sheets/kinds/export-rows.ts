import { toIso } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { consignmentColumns } from './consignments-sheet.js';
import { driverColumns, qualification } from './drivers-sheet.js';
import { enterpriseColumns } from './enterprises-sheet.js';
import { type Columns, headOf } from '../read-rows.js';
import { unusable } from '../files/sheet.js';
import type { SheetScope } from './sheet-kind.js';
import { truckColumns } from './trucks-sheet.js';

/** A file of more is cut by area or station. */
export const mostExported = 50_000;

export interface ExportFilter {
  readonly areaCode?: string;
  readonly stationCode?: string;
}

type Cells = Readonly<Record<string, unknown>>;

/** Drivers as a sheet, of the areas that may be seen. */
export async function exportDrivers(database: Database, scope: SheetScope, filter: ExportFilter): Promise<string[][]> {
  const { areaCode = null, stationCode = null } = filter;
  const rows = await database.rows<Cells>(readDrivers, [scope.areas ?? null, areaCode, stationCode, qualification]);
  return linesOf(driverColumns, rows);
}

/** Trucks as a sheet; a carrier's own, or those of the areas that may be seen. */
export async function exportTrucks(database: Database, scope: SheetScope, filter: ExportFilter): Promise<string[][]> {
  const rows = await database.rows<Cells>(readTrucks, [scope.areas ?? null, filter.areaCode ?? null]);
  return linesOf(truckColumns, rows);
}

/** Enterprises with what they count for, of the areas that may be seen. */
export async function exportEnterprises(
  database: Database,
  scope: SheetScope,
  filter: ExportFilter,
): Promise<string[][]> {
  const rows = await database.rows<Cells>(readEnterprises, [scope.areas ?? null, filter.areaCode ?? null]);
  return linesOf(enterpriseColumns, rows);
}

/** Trucks that are announced and have not come, with their consignments. */
export async function exportConsignments(
  database: Database,
  scope: SheetScope,
  filter: ExportFilter,
): Promise<string[][]> {
  const { areaCode = null, stationCode = null } = filter;
  const values = [scope.areas ?? null, scope.stations ?? null, scope.carrierId ?? null, areaCode, stationCode];
  return linesOf(consignmentColumns, await database.rows<Cells>(readConsignments, values));
}

function linesOf(columns: Columns, rows: readonly Cells[]): string[][] {
  if (rows.length > mostExported) {
    throw unusable('SHEET.TOO_MANY_ROWS', `a file has at most ${mostExported} rows: ask by area or station`, {
      mostRows: mostExported,
    });
  }
  const keys = Object.keys(columns);
  const head = Object.entries(columns).map(([key, column]) => headOf(key, column));
  return [head, ...rows.map((row) => keys.map((key) => textOf(key, row[key])))];
}

const instants = new Set(['qualifiedFrom', 'qualifiedUntil', 'expectedAt', 'dueAt']);

function textOf(key: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'number') return instants.has(key) ? toIso(value) : String(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const limit = mostExported + 1;

const readDrivers = `
  SELECT d.driver_id AS "driverId", d.area_code AS "areaCode", d.inside_zone_id AS "insideZoneId", d.licences,
         d.home_station_code AS "homeStationCode", d.carrier_id AS "carrierId", c.valid_from AS "qualifiedFrom",
         c.valid_until AS "qualifiedUntil", c.issuer AS "qualificationIssuer"
  FROM station.drivers d
  LEFT JOIN LATERAL (
    SELECT h.valid_from, h.valid_until, h.issuer FROM station.credentials h
    WHERE h.driver_id = d.driver_id AND h.credential = $4 AND h.recalled_at IS NULL
    ORDER BY h.valid_until DESC LIMIT 1) c ON true
  WHERE ($1::text[] IS NULL OR d.area_code = ANY ($1)) AND ($2::text IS NULL OR d.area_code = $2)
    AND ($3::text IS NULL OR d.home_station_code = $3)
  ORDER BY d.driver_id LIMIT ${limit}`;

const readTrucks = `
  SELECT t.plate, t.plate_colour AS "plateColour", t.licence_required AS "licenceRequired",
         t.trailer_plate AS "trailerPlate", t.carrier_id AS "carrierId", t.area_code AS "areaCode", t.base_zone_id AS "baseZoneId"
  FROM station.trucks t
  WHERE ($1::text[] IS NULL OR t.area_code = ANY ($1)) AND ($2::text IS NULL OR t.area_code = $2)
  ORDER BY t.plate LIMIT ${limit}`;

const readEnterprises = `
  SELECT e.enterprise_id AS "enterpriseId", e.name, e.area_code AS "areaCode", e.zone_id AS "zoneId",
         e.county_code AS "countyCode", CASE WHEN e.above_scale THEN 'yes' ELSE 'no' END AS "aboveScale",
         e.output_weight AS "outputWeight", e.usual_loads_in AS "usualLoadsInPerDay",
         e.usual_loads_out AS "usualLoadsOutPerDay", e.priority
  FROM station.enterprises e
  WHERE ($1::text[] IS NULL OR e.area_code = ANY ($1)) AND ($2::text IS NULL OR e.area_code = $2)
  ORDER BY e.enterprise_id LIMIT ${limit}`;

const readConsignments = `
  SELECT v.visit_id AS announcement, v.station_code AS "stationCode", v.zone_id AS "zoneId", v.flow, v.plate,
         t.plate_colour AS "plateColour", t.licence_required AS "licenceRequired", t.trailer_plate AS "trailerPlate",
         v.carrier_id AS "carrierId", v.expected_at AS "expectedAt", v.priority, v.due_at AS "dueAt",
         c.id AS "consignmentId", c."enterpriseId", c.category, c.tonnes, c."waybillNo", c."outboundNo"
  FROM station.visits v
  JOIN station.truck_bodies t ON t.plate = v.plate
  CROSS JOIN LATERAL jsonb_to_recordset(v.consignments)
    AS c(id text, "enterpriseId" text, category text, tonnes double precision, "waybillNo" text, "outboundNo" text)
  WHERE v.state = 'announced' AND ($1::text[] IS NULL OR v.area_code = ANY ($1))
    AND ($2::text[] IS NULL OR v.station_code = ANY ($2)) AND ($3::text IS NULL OR v.carrier_id = $3)
    AND ($4::text IS NULL OR v.area_code = $4) AND ($5::text IS NULL OR v.station_code = $5)
  ORDER BY v.visit_id, c.id LIMIT ${limit}`;
