import type { MigrationInterface, QueryRunner } from 'typeorm';

/** New deliveries are in hand as batches: a row for many, and one for each of them only once it is known what came of it. */
export class KeepBatches1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    // What a batch stands for would be lost with it.
    await runner.query(`INSERT INTO dispatch.deliveries (subscription_id, position, number, event_id, type, state, made_at, due_at)
      SELECT b.subscription_id, p.position, b.first_number + p.place - 1, e.event_id, e.type, 'pending', b.made_at, b.made_at
      FROM dispatch.batches b CROSS JOIN LATERAL unnest(b.positions) WITH ORDINALITY AS p (position, place)
      JOIN event_log.entries e ON e.position = p.position ON CONFLICT (subscription_id, position) DO NOTHING`);
    await runner.query('DROP TABLE dispatch.batches');
    await runner.query('UPDATE dispatch.replays SET until_at = created_at WHERE until_at IS NULL');
    await runner.query('ALTER TABLE dispatch.replays ALTER COLUMN until_at SET NOT NULL, DROP COLUMN asked_position');
  }
}

const statements = [
  `CREATE TABLE dispatch.batches (
    subscription_id uuid NOT NULL REFERENCES dispatch.subscriptions ON DELETE CASCADE, first_number bigint NOT NULL,
    positions bigint[] NOT NULL CHECK (cardinality(positions) > 0), made_at timestamptz NOT NULL,
    leased_by text NOT NULL, leased_until timestamptz NOT NULL,
    PRIMARY KEY (subscription_id, first_number))`,
  'GRANT SELECT ON dispatch.batches TO yizhan_carrier',
  'CREATE POLICY services ON dispatch.batches TO yizhan_dispatch USING (true) WITH CHECK (true)',
  `CREATE POLICY carriers ON dispatch.batches FOR SELECT TO yizhan_carrier
    USING (EXISTS (SELECT FROM dispatch.subscriptions s WHERE s.subscription_id = batches.subscription_id))`,
  'ALTER TABLE dispatch.batches ENABLE ROW LEVEL SECURITY',
  // A replay without an end goes up to where the log was when it was asked for, whatever the clocks said. What is skipped while it
  // is under way comes with it, as far as it was asked for.
  'ALTER TABLE dispatch.replays ALTER COLUMN until_at DROP NOT NULL',
  'ALTER TABLE dispatch.replays ADD COLUMN asked_position bigint NOT NULL DEFAULT 0',
];
