import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Digests of requests have a key from now on (`Changes.keptDigest`), which no migration has. Those without one go: the same
 * request, sent again across this change, is refused as another one, and never carried out twice.
 */
export class ForgetPlainDigests1764200008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE station.requests SET hash = ''`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.up(runner);
  }
}
