import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One truck, one pass in each area; an assignment knows its pass, and what it wants for one. */
export class CreatePasses1764200003002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.passes (
      pass_id text PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas, plate text NOT NULL, route text NOT NULL,
      driver_ids text[] NOT NULL, pool_area_code text, valid_from timestamptz NOT NULL, valid_until timestamptz,
      state text NOT NULL CHECK (state IN ('issued', 'revoked')), version integer NOT NULL DEFAULT 1)`);
    await runner.query(
      `CREATE UNIQUE INDEX passes_one_per_truck ON station.passes (plate, area_code) WHERE state = 'issued'`,
    );
    await runner.query(`CREATE TABLE station.pass_counters (county_code text PRIMARY KEY, last integer NOT NULL)`);
    await runner.query('ALTER TABLE station.handoffs ADD COLUMN pass_id text, ADD COLUMN pass_block text');
    await runner.query(
      `CREATE INDEX handoffs_waiting_for_a_pass ON station.handoffs (handoff_id) WHERE pass_block IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.handoffs DROP COLUMN pass_id, DROP COLUMN pass_block');
    await runner.query('DROP TABLE station.passes, station.pass_counters');
  }
}
