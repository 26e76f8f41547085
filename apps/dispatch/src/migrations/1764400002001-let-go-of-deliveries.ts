import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A subscription ends at once, however many deliveries it has: they are removed behind it. A pause outlives another address.
 * What is in order has a key, also where it was made before order was asked for.
 */
export class LetGoOfDeliveries1764400002001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM dispatch.deliveries d
      WHERE NOT EXISTS (SELECT FROM dispatch.subscriptions s WHERE s.subscription_id = d.subscription_id)`);
    await runner.query(`ALTER TABLE dispatch.deliveries
      ADD CONSTRAINT deliveries_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES dispatch.subscriptions ON DELETE CASCADE`);
    await runner.query('DROP TABLE dispatch.ended_subscriptions');
    await runner.query('ALTER TABLE dispatch.subscriptions DROP COLUMN proves_into');
  }
}

const statements = [
  // Deliveries are made under the lock of their subscription's row alone, so that none is made of one that is gone.
  `ALTER TABLE dispatch.deliveries DROP CONSTRAINT deliveries_subscription_id_fkey`,
  `CREATE TABLE dispatch.ended_subscriptions (subscription_id uuid PRIMARY KEY, ended_at timestamptz NOT NULL)`,
  `ALTER TABLE dispatch.subscriptions
    ADD COLUMN proves_into text NOT NULL DEFAULT 'active' CHECK (proves_into IN ('active', 'paused'))`,
];
