import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Areas that serve a zone beside its own, and drivers whom one area lends another. */
export class LendDrivers1764800002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE station.zones ADD COLUMN also_in text[] NOT NULL DEFAULT '{}'`);
    await runner.query(`CREATE TABLE station.driver_loans (
      loan_id uuid PRIMARY KEY, driver_id text NOT NULL REFERENCES station.drivers,
      from_area_code text NOT NULL REFERENCES station.areas, to_area_code text NOT NULL REFERENCES station.areas,
      state text NOT NULL CHECK (state IN ('offered', 'accepted', 'joined', 'returning', 'returned', 'ended')),
      offered_by text NOT NULL, offered_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, accepted_at timestamptz,
      joined_at timestamptz, return_begun_at timestamptz, returned_at timestamptz, ended_at timestamptz, end_reason text,
      version integer NOT NULL DEFAULT 1,
      CHECK (from_area_code <> to_area_code), CHECK ((state = 'ended') = (ended_at IS NOT NULL)))`);
    await runner.query(`CREATE UNIQUE INDEX loans_one_open_per_driver ON station.driver_loans (driver_id)
      WHERE state IN ('offered', 'accepted', 'joined', 'returning')`);
    await runner.query('CREATE INDEX loans_of_driver ON station.driver_loans (driver_id, joined_at)');
    await runner.query('CREATE INDEX loans_from ON station.driver_loans (from_area_code, loan_id)');
    await runner.query('CREATE INDEX loans_to ON station.driver_loans (to_area_code, loan_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.driver_loans');
    await runner.query('ALTER TABLE station.zones DROP COLUMN also_in');
  }
}
