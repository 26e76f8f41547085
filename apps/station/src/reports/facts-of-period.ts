import { Injectable } from '@nestjs/common';
import type { Flow, Party } from '@yizhan/contracts';
import { Changes } from '../changes/changes.js';
import { Database } from '@yizhan/persistence';
import type { Period } from './period.js';
import type { ReportScope } from './report-scope.js';

/** A swap that was completed in the period. Instants are epoch milliseconds. */
export interface ReportedSwap {
  readonly handoffId: string;
  readonly stationCode: string;
  readonly flow: Flow;
  readonly from: Party;
  readonly toDriverId: string;
  readonly custodyAt: number;
}

/** A trip beyond a station that was under way at some time in the period. */
export interface ReportedRun {
  readonly runId: string;
  /** Where the truck went in; null where it goes out first. */
  readonly stationCode: string | null;
  readonly plate: string;
  readonly driverId: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly how: string | null;
  readonly overdueAt: number | null;
}

/** Something that was off the normal path at some time in the period. */
export interface ReportedException {
  readonly exceptionId: string;
  readonly stationCode: string;
  readonly code: string;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
}

/** A driver's shift that lay at least in part in the period. */
export interface ReportedShift {
  readonly driverId: string;
  readonly stationCode: string;
  readonly startedAt: number;
  /** Null while it goes on. */
  readonly endedAt: number | null;
}

export type Side = 'inside' | 'outside';

/** What reports read of the station's tables beside the visits. */
@Injectable()
export class FactsOfPeriod {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  get now(): number {
    return this.changes.now;
  }

  swaps({ stationCodes }: ReportScope, { from, to }: Period): Promise<ReportedSwap[]> {
    return this.database.rows(readSwaps, [stationCodes, from, to]);
  }

  runs({ areaCode, stationCodes, isWholeArea }: ReportScope, { from, to }: Period): Promise<ReportedRun[]> {
    return this.database.rows(readRuns, [areaCode, stationCodes, from, to, isWholeArea]);
  }

  exceptions({ areaCode, stationCodes, isWholeArea }: ReportScope, { from, to }: Period): Promise<ReportedException[]> {
    return this.database.rows(readExceptions, [areaCode, stationCodes, from, to, isWholeArea]);
  }

  shifts({ stationCodes }: ReportScope, { from, to }: Period): Promise<ReportedShift[]> {
    return this.database.rows(readShifts, [stationCodes, from, to]);
  }

  /** Which side each of the drivers was on at the end of the period. Who is not enrolled comes from outside. */
  async sides(driverIds: readonly string[], { to }: Period): Promise<Map<string, Side>> {
    const rows = await this.database.rows<{ driver_id: string; inside: boolean }>(readSides, [driverIds, to]);
    return new Map(rows.map(({ driver_id, inside }) => [driver_id, inside ? 'inside' : 'outside']));
  }
}

const instant = (place: string) => `to_timestamp(${place}::double precision / 1000)`;

const readSwaps = `
  SELECT h.handoff_id AS "handoffId", h.station_code AS "stationCode", v.flow, h.evidence->'from' AS "from",
         h.driver_id AS "toDriverId", h.custody_at AS "custodyAt"
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id
  WHERE h.station_code = ANY ($1) AND h.state = 'completed' AND h.custody_at >= ${instant('$2')} AND h.custody_at < ${instant('$3')}
  ORDER BY h.custody_at, h.handoff_id`;

const runColumns = `r.run_id AS "runId", v.station_code AS "stationCode", r.plate, r.driver_id AS "driverId", r.opened_at AS "openedAt",
  r.closed_at AS "closedAt", r.how, r.overdue_at AS "overdueAt"`;

// A run belongs to the station where its truck went in; one that goes out first to its area alone.
const runsOfStations = `station.runs r
  LEFT JOIN station.visits v ON v.visit_id = r.into_zone_visit_id AND r.direction <> 'out_first'
  WHERE r.area_code = $1 AND (v.station_code = ANY ($2) OR (v.visit_id IS NULL AND $5))`;

const readRuns = `
  SELECT ${runColumns} FROM ${runsOfStations} AND r.state = 'closed' AND r.closed_at >= ${instant('$3')} AND r.opened_at < ${instant('$4')}
  UNION ALL
  SELECT ${runColumns} FROM ${runsOfStations} AND r.state = 'open' AND r.opened_at < ${instant('$4')}
  ORDER BY "openedAt", "runId"`;

// One is a station's where its truck is or was there, wherever it has been passed on to; else where that station has to act.
const readExceptions = `
  SELECT * FROM (
    SELECT e.exception_id AS "exceptionId", coalesce(v.station_code, e.owner) AS "stationCode", e.code,
           e.opened_at AS "openedAt", e.resolved_at AS "resolvedAt"
    FROM station.exceptions e
    LEFT JOIN station.runs r ON r.run_id = e.run_id AND e.visit_id IS NULL
    LEFT JOIN station.visits v ON v.visit_id = coalesce(e.visit_id, r.into_zone_visit_id)
    WHERE e.area_code = $1 AND e.opened_at < ${instant('$4')} AND (e.resolved_at IS NULL OR e.resolved_at >= ${instant('$3')})) AS known
  WHERE "stationCode" = ANY ($2) OR $5 ORDER BY "openedAt", "exceptionId"`;

const readShifts = `
  SELECT driver_id AS "driverId", station_code AS "stationCode", started_at AS "startedAt", ended_at AS "endedAt"
  FROM station.ended_shifts
  WHERE station_code = ANY ($1) AND ended_at >= ${instant('$2')} AND started_at < ${instant('$3')}
  UNION ALL
  SELECT driver_id, shift_station_code, shift_started_at, NULL FROM station.drivers
  WHERE shift_station_code = ANY ($1) AND shift_started_at < ${instant('$3')}
  ORDER BY "driverId", "startedAt"`;

const readSides = `
  SELECT d.driver_id, coalesce(before.inside_zone_id, CASE WHEN before.driver_id IS NULL THEN d.inside_zone_id END) IS NOT NULL AS inside
  FROM station.drivers d
  LEFT JOIN LATERAL (
    SELECT f.driver_id, f.inside_zone_id FROM station.former_sides f
    WHERE f.driver_id = d.driver_id AND f.until >= ${instant('$2')} ORDER BY f.until LIMIT 1) AS before ON true
  WHERE d.driver_id = ANY ($1)`;
