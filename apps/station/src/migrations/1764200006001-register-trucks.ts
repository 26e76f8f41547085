import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a truck is based, once somebody has registered it. */
export class RegisterTrucks1764200006001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE station.trucks ADD COLUMN base_zone_id text, ADD COLUMN registered_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.trucks DROP COLUMN base_zone_id, DROP COLUMN registered_at');
  }
}
