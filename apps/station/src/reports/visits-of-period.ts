import { Injectable } from '@nestjs/common';
import {
  type ConsignmentFacts,
  type DepartureOutcome,
  eventType,
  type Flow,
  type YizhanEvent,
} from '@yizhan/contracts';
import { Database } from '@yizhan/persistence';
import { type LoggedVisit, loggedVisit, typesOfRecord, unlogged } from './logged-visit.js';
import type { Period } from './period.js';
import type { ReportScope } from './report-scope.js';

/** A truck that was at a station at some time in the period. Instants are epoch milliseconds. */
export interface ReportedVisit extends LoggedVisit {
  readonly visitId: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly plate: string;
  readonly flow: Flow;
  readonly carrierId: string | null;
  readonly arrivedAt: number;
  /** Null while it is there. */
  readonly departedAt: number | null;
  readonly outcome: DepartureOutcome | null;
  readonly runId: string | null;
  readonly consignments: readonly ConsignmentFacts[];
  readonly held: boolean;
  readonly holdReasons: readonly string[];
}

type VisitOfTable = Omit<ReportedVisit, keyof LoggedVisit>;

/** The last of a page: the next one begins after it. */
export interface VisitPlace {
  readonly arrivedAt: number;
  readonly visitId: string;
}

const page = 500;
const beforeAll: VisitPlace = { arrivedAt: 0, visitId: '00000000-0000-0000-0000-000000000000' };

/** Visits with what the log says of them, in the order of their arrivals, a page at a time. */
@Injectable()
export class VisitsOfPeriod {
  constructor(private readonly database: Database) {}

  /** At most `limit` of those after `place`. */
  async page(scope: ReportScope, period: Period, limit: number, place = beforeAll): Promise<ReportedVisit[]> {
    const { stationCodes } = scope;
    const { arrivedAt, visitId } = place;
    const values = [stationCodes, period.from, period.to, arrivedAt, visitId, limit];
    const visits = await this.database.rows<VisitOfTable>(readVisits, values);
    const records = await this.#records(visits.map((visit) => visit.visitId));
    return visits.map((visit) => ({ ...visit, ...(records.get(visit.visitId) ?? unlogged) }));
  }

  /** All of them; no more than a page is in memory. */
  async *all(scope: ReportScope, period: Period): AsyncGenerator<ReportedVisit> {
    for (let place: VisitPlace | undefined = beforeAll; place;) {
      const visits: ReportedVisit[] = await this.page(scope, period, page, place);
      yield* visits;
      place = visits.length < page ? undefined : visits.at(-1);
    }
  }

  async #records(visitIds: readonly string[]): Promise<Map<string, LoggedVisit>> {
    const types = typesOfRecord.map(eventType);
    const rows = await this.database.rows<{ visit_id: string; document: string }>(readRecords, [visitIds, types]);
    const events = new Map<string, YizhanEvent[]>(visitIds.map((visitId) => [visitId, []]));
    for (const row of rows) events.get(row.visit_id)?.push(JSON.parse(row.document) as YizhanEvent);
    return new Map([...events].map(([visitId, ofVisit]) => [visitId, loggedVisit(ofVisit)]));
  }
}

const columns = `visit_id AS "visitId", station_code AS "stationCode", zone_id AS "zoneId", plate, flow, carrier_id AS "carrierId",
  arrived_at AS "arrivedAt", departed_at AS "departedAt", outcome, run_id AS "runId", consignments, held, hold_reasons AS "holdReasons"`;

const instant = (place: string) => `to_timestamp(${place}::double precision / 1000)`;

// Two halves, so that each is found by its own index: those that have left, and those that are still there.
const readVisits = `
  SELECT * FROM (
    SELECT ${columns} FROM station.visits
    WHERE station_code = ANY ($1) AND state = 'departed' AND departed_at >= ${instant('$2')} AND arrived_at < ${instant('$3')}
    UNION ALL
    SELECT ${columns} FROM station.visits
    WHERE station_code = ANY ($1) AND state = 'arrived' AND arrived_at < ${instant('$3')}) AS there
  WHERE ("arrivedAt", "visitId") > (${instant('$4')}, $5::uuid)
  ORDER BY "arrivedAt", "visitId" LIMIT $6`;

const readRecords = `
  SELECT correlation_id AS visit_id, document FROM event_log.entries
  WHERE correlation_id = ANY ($1) AND type = ANY ($2) ORDER BY position`;
