import { createConsumerTables, extendConsumerTables } from '@yizhan/event-log';
import type { MigrationSet } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row for each event that has had its effect. */
class CreateD11764999000002 implements MigrationInterface {
  readonly name = 'CreateD11764999000002';

  async up(runner: QueryRunner): Promise<void> {
    await createConsumerTables(runner, 'station');
    await extendConsumerTables(runner, 'station');
    await runner.query(`CREATE TABLE station.bench_effects (
      effect_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      event_id uuid NOT NULL,
      subject text NOT NULL,
      type text NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE station.bench_effects`);
  }
}

export const d1Migrations: MigrationSet = { schema: 'station', migrations: [CreateD11764999000002] };
