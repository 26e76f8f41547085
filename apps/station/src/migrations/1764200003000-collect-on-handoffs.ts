import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signatures, items, readings, photos and the carrier's authorisation are kept on the handoff as they come. */
export class CollectOnHandoffs1764200003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.handoffs ADD COLUMN collected jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.handoffs DROP COLUMN collected');
  }
}
