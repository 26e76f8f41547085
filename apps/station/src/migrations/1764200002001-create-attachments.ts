import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever was taken in at a gate; photos and notes, encrypted with keys that are not in the database; when a driver was seen last. */
export class CreateAttachments1764200002001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.intakes (
      person_id text PRIMARY KEY, station_code text NOT NULL REFERENCES station.stations, plate text NOT NULL,
      taken_in_at timestamptz NOT NULL, taken_in_by text NOT NULL)`);
    await runner.query(`CREATE TABLE station.attachments (
      owner text NOT NULL, digest text NOT NULL, kind text NOT NULL CHECK (kind IN ('photo', 'note')), media_type text NOT NULL,
      bytes integer NOT NULL, content bytea NOT NULL, added_at timestamptz NOT NULL, added_by text NOT NULL,
      expires_at timestamptz NOT NULL, PRIMARY KEY (owner, digest))`);
    await runner.query('ALTER TABLE station.attachments ALTER COLUMN content SET STORAGE EXTERNAL');
    await runner.query('CREATE INDEX attachments_expiring ON station.attachments (expires_at)');
    await runner.query('ALTER TABLE station.drivers ADD COLUMN seen_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.drivers DROP COLUMN seen_at');
    await runner.query('DROP TABLE station.attachments, station.intakes');
  }
}
