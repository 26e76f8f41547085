import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A refresh token whose answer was lost is taken once more: `spent` is what is never to be taken again. */
export class TakeARefreshTokenOnceMore1764200009100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.refresh_tokens ADD COLUMN spent boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.refresh_tokens DROP COLUMN spent');
  }
}
