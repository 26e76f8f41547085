import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each hold with its own reasons; those that stand now become one that a passed check lifts, as before. */
export class ListHoldsOfVisits1764200003001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE station.visits ADD COLUMN holds jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`UPDATE station.visits SET holds = jsonb_build_array(jsonb_build_object(
      'holdId', visit_id, 'reasons', to_jsonb(hold_reasons), 'of', 'station', 'lifting', 'by_check',
      'heldAt', (extract(epoch FROM arrived_at) * 1000)::bigint)) WHERE held`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.visits DROP COLUMN holds');
  }
}
