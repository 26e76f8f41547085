import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Exceptions with an owner, a clock and a person; recalls that find whom a driver met. */
export class ExtendExceptions1764200004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...exceptions, ...watching, ...recalls]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of undone) await runner.query(statement);
  }
}

const exceptions = [
  `ALTER TABLE station.exceptions
    ADD COLUMN driver_id text, ADD COLUMN carrier_id text, ADD COLUMN station_code text, ADD COLUMN person_id text,
    ADD COLUMN level smallint NOT NULL DEFAULT 0, ADD COLUMN steps jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN acknowledged_at timestamptz, ADD COLUMN acknowledged_by text, ADD COLUMN resolved_by text,
    ADD COLUMN version integer NOT NULL DEFAULT 1`,
  `UPDATE station.exceptions e SET
    station_code = (SELECT s.station_code FROM station.stations s WHERE s.station_code = e.owner),
    carrier_id = (SELECT v.carrier_id FROM station.visits v WHERE v.visit_id = e.visit_id)`,
  `CREATE INDEX exceptions_open ON station.exceptions (area_code, exception_id) WHERE state = 'open'`,
  `CREATE INDEX exceptions_by_station ON station.exceptions (station_code, exception_id)`,
];

const watching = [
  `ALTER TABLE station.handoffs ADD COLUMN declined integer`,
  // Trucks that are at a station now: their policies look again when it fires.
  `INSERT INTO station.timers (kind, ref, due_at)
   SELECT 'visit_watch', visit_id::text, arrived_at + interval '4 hours' FROM station.visits WHERE state = 'arrived'`,
];

const recalls = [
  `ALTER TABLE station.credentials ADD COLUMN batch text, ADD COLUMN traced_at timestamptz,
    ADD COLUMN traced_since timestamptz, ADD COLUMN ends_at jsonb`,
  `UPDATE station.credentials SET traced_at = recalled_at WHERE recalled_at IS NOT NULL`,
  `CREATE INDEX credentials_by_issuer ON station.credentials (issuer, batch)`,
  `ALTER TABLE station.visits ADD COLUMN brought_by text`,
  // Rows lie in the order of their time: next to nothing to keep, and enough to pass over what is old.
  `CREATE INDEX handoffs_by_time ON station.handoffs USING brin (ready_at)`,
  `CREATE TABLE station.custody_moves (
    plate text NOT NULL, moved_at timestamptz NOT NULL, from_kind text NOT NULL, from_id text NOT NULL,
    to_kind text NOT NULL, to_id text NOT NULL, place text NOT NULL)`,
  `CREATE INDEX custody_moves_from ON station.custody_moves (from_id, moved_at)`,
  `CREATE INDEX custody_moves_to ON station.custody_moves (to_id, moved_at)`,
];

const undone = [
  'DROP TABLE station.custody_moves',
  'DROP INDEX station.handoffs_by_time, station.credentials_by_issuer, station.exceptions_open, station.exceptions_by_station',
  'ALTER TABLE station.visits DROP COLUMN brought_by',
  'ALTER TABLE station.credentials DROP COLUMN batch, DROP COLUMN traced_at, DROP COLUMN traced_since, DROP COLUMN ends_at',
  'ALTER TABLE station.handoffs DROP COLUMN declined',
  `DELETE FROM station.timers WHERE kind IN ('visit_watch', 'station_watch', 'exception_due')`,
  `ALTER TABLE station.exceptions DROP COLUMN driver_id, DROP COLUMN carrier_id, DROP COLUMN station_code, DROP COLUMN person_id,
    DROP COLUMN level, DROP COLUMN steps, DROP COLUMN acknowledged_at, DROP COLUMN acknowledged_by, DROP COLUMN resolved_by,
    DROP COLUMN version`,
];
