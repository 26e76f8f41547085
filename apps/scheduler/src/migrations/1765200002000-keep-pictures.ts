import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the events of an area up to a position make of its picture, so that a start need not fold them again. A copy of what the
 * log says: whoever empties this table makes the next start slower, and nothing else.
 */
export class KeepPictures1765200002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE scheduler.pictures (
      area_code text PRIMARY KEY,
      made_by text NOT NULL,
      position bigint NOT NULL,
      event_id uuid NOT NULL,
      entry_digest bytea NOT NULL,
      picture bytea NOT NULL,
      picture_digest bytea NOT NULL,
      written_at timestamptz NOT NULL
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE scheduler.pictures`);
  }
}
