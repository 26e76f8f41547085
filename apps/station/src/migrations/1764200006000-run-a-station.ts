import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a station assigns drivers, and when it is open. */
export class RunAStation1764200006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE station.stations
      ADD COLUMN assignment_mode text NOT NULL DEFAULT 'auto' CHECK (assignment_mode IN ('auto', 'review')),
      ADD COLUMN opening_hours jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.stations DROP COLUMN assignment_mode, DROP COLUMN opening_hours');
  }
}
