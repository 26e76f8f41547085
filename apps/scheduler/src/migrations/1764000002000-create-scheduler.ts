import { createConsumerTables } from '@yizhan/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the scheduler keeps: who owns an area, and on what each decision rested. The picture itself lives in memory and comes from the log. */
export class CreateScheduler1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE scheduler.area_owners (
      area_code text PRIMARY KEY,
      owner text NOT NULL,
      epoch bigint NOT NULL
    )`);
    await runner.query(`CREATE TABLE scheduler.decisions (
      decision_id uuid PRIMARY KEY,
      handoff_id uuid NOT NULL,
      visit_id uuid NOT NULL,
      area_code text NOT NULL,
      station_code text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('proposed', 'withheld')),
      driver_id text CHECK ((kind = 'proposed') = (driver_id IS NOT NULL)),
      decided_at timestamptz NOT NULL,
      based_on_position bigint NOT NULL,
      epoch bigint NOT NULL,
      inputs jsonb NOT NULL,
      policy_id text,
      policy_version text
    )`);
    await runner.query(
      `CREATE INDEX decisions_by_handoff ON scheduler.decisions (handoff_id, based_on_position DESC, decided_at DESC)`,
    );
    await createConsumerTables(runner, 'scheduler');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE scheduler.quarantined, scheduler.parked_events, scheduler.consumed, scheduler.decisions, scheduler.area_owners`,
    );
  }
}
