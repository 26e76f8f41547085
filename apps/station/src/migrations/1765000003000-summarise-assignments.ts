import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Block ranges are summarised as they fill up, not at the next vacuum: the newest ones are those that are asked for. */
export class SummariseAssignments1765000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER INDEX station.handoffs_assigned_at SET (autosummarize = on)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER INDEX station.handoffs_assigned_at RESET (autosummarize)');
  }
}
