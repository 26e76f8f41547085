import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That a zone's time is over, and the places inside it. */
export class PlanZones1764200006002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.zones ADD COLUMN end_reached_at timestamptz');
    await runner.query(`CREATE TABLE station.places (
      zone_id text NOT NULL REFERENCES station.zones, place_id text NOT NULL, name text NOT NULL,
      latitude double precision NOT NULL, longitude double precision NOT NULL,
      enterprise_id text REFERENCES station.enterprises, PRIMARY KEY (zone_id, place_id))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.places');
    await runner.query('ALTER TABLE station.zones DROP COLUMN end_reached_at');
  }
}
