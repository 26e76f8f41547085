import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What reports ask for and nobody else: shifts that are over, sides that drivers were on, sign-offs, templates, prints; and the ways to find a day. */
export class KeepReports1764200007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...records, ...indexes]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX station.visits_departed, station.handoffs_completed, station.runs_of_visit, station.runs_closed,
      station.exceptions_of_area`);
    await runner.query(`DROP TABLE station.ended_shifts, station.former_sides, station.shift_handovers, station.report_templates,
      station.slip_prints`);
  }
}

const records = [
  // Shifts that are open stand with their drivers.
  `CREATE TABLE station.ended_shifts (
    driver_id text NOT NULL REFERENCES station.drivers, station_code text NOT NULL, started_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL, ended_at timestamptz NOT NULL, PRIMARY KEY (driver_id, started_at))`,
  `CREATE INDEX ended_shifts_of_station ON station.ended_shifts (station_code, ended_at, started_at)`,
  // The side that a driver was on until then; the one that he is on stands with him.
  `CREATE TABLE station.former_sides (
    driver_id text NOT NULL REFERENCES station.drivers, until timestamptz NOT NULL, inside_zone_id text, PRIMARY KEY (driver_id, until))`,
  `CREATE TABLE station.shift_handovers (
    handover_id uuid PRIMARY KEY, station_code text NOT NULL REFERENCES station.stations, area_code text NOT NULL,
    state text NOT NULL CHECK (state IN ('offered', 'taken', 'superseded')),
    since timestamptz, offered_at timestamptz NOT NULL, outgoing_id text NOT NULL, taken_at timestamptz, incoming_id text,
    picture jsonb NOT NULL, version integer NOT NULL DEFAULT 1)`,
  `CREATE UNIQUE INDEX shift_handovers_one_offered_per_station ON station.shift_handovers (station_code) WHERE state = 'offered'`,
  `CREATE INDEX shift_handovers_of_station ON station.shift_handovers (station_code, offered_at)`,
  `CREATE TABLE station.report_templates (
    report text NOT NULL, language text NOT NULL, workbook bytea NOT NULL, sha256 text NOT NULL, uploaded_at timestamptz NOT NULL,
    uploaded_by text NOT NULL, PRIMARY KEY (report, language))`,
  `CREATE TABLE station.slip_prints (
    handoff_id uuid NOT NULL REFERENCES station.handoffs, kind text NOT NULL CHECK (kind IN ('plan', 'swap')), copy_no integer NOT NULL,
    printed_at timestamptz NOT NULL, printed_by text NOT NULL, PRIMARY KEY (handoff_id, kind, copy_no))`,
];

/** Each is written once in the life of its row, when it is over: nothing is added to the steps between. */
const indexes = [
  `CREATE INDEX visits_departed ON station.visits (station_code, departed_at, arrived_at) WHERE departed_at IS NOT NULL`,
  `CREATE INDEX handoffs_completed ON station.handoffs (station_code, custody_at) WHERE state = 'completed'`,
  `CREATE INDEX runs_of_visit ON station.runs (into_zone_visit_id)`,
  `CREATE INDEX runs_closed ON station.runs (area_code, closed_at, opened_at) WHERE state = 'closed'`,
  `CREATE INDEX exceptions_of_area ON station.exceptions (area_code, resolved_at, opened_at)`,
];
