import type { MigrationSet } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trucks whose state changes, and what the bare chain inserts into. */
class CreateB31764999000001 implements MigrationInterface {
  readonly name = 'CreateB31764999000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.bench_trucks (
      truck_id integer PRIMARY KEY, version bigint NOT NULL, state text NOT NULL) WITH (fillfactor = 50)`);
    await runner.query(`INSERT INTO station.bench_trucks SELECT id, 1, 'waiting' FROM generate_series(0, 999) AS id`);
    await runner.query(`CREATE TABLE station.bench_changes (
      change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, document text NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE station.bench_trucks, station.bench_changes`);
  }
}

export const b3Migrations: MigrationSet = { schema: 'station', migrations: [CreateB31764999000001] };
