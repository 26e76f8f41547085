import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a station has to know of the past, so that what a tablet logged offline can be judged by when it happened. */
export class JudgeThePast1764200005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}

const up = [
  `CREATE TABLE station.station_pauses (
    station_code text NOT NULL REFERENCES station.stations, from_at timestamptz NOT NULL, to_at timestamptz,
    why text NOT NULL CHECK (why IN ('suspended', 'closed')))`,
  `CREATE INDEX station_pauses_by_station ON station.station_pauses (station_code, from_at)`,
  `INSERT INTO station.station_pauses (station_code, from_at, why)
    SELECT station_code, coalesce(suspended_at, now()), state FROM station.stations WHERE state <> 'open'`,
  `ALTER TABLE station.visits ADD COLUMN verdicts jsonb NOT NULL DEFAULT '[]'`,
  // For what looks back over all that one truck has done.
  `CREATE INDEX visits_by_plate ON station.visits (plate)`,
  `CREATE INDEX runs_by_plate ON station.runs (plate)`,
  `ALTER TABLE station.handoffs ADD COLUMN aborted_at timestamptz`,
  `UPDATE station.handoffs SET aborted_at = started_at WHERE state = 'aborted'`,
  `CREATE INDEX handoffs_by_bay ON station.handoffs (station_code, bay_code, started_at) WHERE started_at IS NOT NULL`,
  // How far the clock of a tablet was off when it told what it had logged.
  `CREATE TABLE station.offline_uploads (
    upload_id uuid PRIMARY KEY, caller text NOT NULL, tablet_id text, received_at timestamptz NOT NULL,
    clock_offset_ms bigint NOT NULL, records integer NOT NULL)`,
];

const down = [
  'DROP TABLE station.offline_uploads',
  'DROP INDEX station.handoffs_by_bay',
  'ALTER TABLE station.handoffs DROP COLUMN aborted_at',
  'DROP INDEX station.runs_by_plate',
  'DROP INDEX station.visits_by_plate',
  'ALTER TABLE station.visits DROP COLUMN verdicts',
  'DROP TABLE station.station_pauses',
];
