import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A recall takes back the assignment that the driver had then, and no later one. */
export class KeepWhatHeWasAssigned1764200004001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.credentials ADD COLUMN assigned_then text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.credentials DROP COLUMN assigned_then');
  }
}
