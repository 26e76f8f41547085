import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stations for which a visit was announced before it was moved: a truck that comes there all the same arrives there. */
export class MoveArrivals1765000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.visits ADD COLUMN moved_from text[]');
    await runner.query(`CREATE INDEX visits_moved_away ON station.visits USING gin (moved_from)
      WHERE state = 'announced' AND moved_from IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX station.visits_moved_away');
    await runner.query('ALTER TABLE station.visits DROP COLUMN moved_from');
  }
}
