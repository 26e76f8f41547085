import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An alert that grows worse keeps who was at it before. */
export class KeepWhoWasAtIt1765100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE command_centre.alerts
      ADD COLUMN acknowledged_before_at timestamptz,
      ADD COLUMN acknowledged_before_by text COLLATE "C"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE command_centre.alerts
      DROP COLUMN acknowledged_before_at, DROP COLUMN acknowledged_before_by`);
  }
}
