import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A carrier's role sees the subscriptions of the carrier that a transaction names, and what hangs on them. */
export class ShowCarriersTheirSubscriptions1764500002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT USAGE ON SCHEMA dispatch TO yizhan_carrier');
    for (const [table, isOwn] of Object.entries(own)) {
      await runner.query(`GRANT SELECT ON dispatch.${table} TO yizhan_carrier`);
      await runner.query(
        `CREATE POLICY services ON dispatch.${table} TO yizhan_dispatch USING (true) WITH CHECK (true)`,
      );
      await runner.query(`CREATE POLICY carriers ON dispatch.${table} FOR SELECT TO yizhan_carrier USING (${isOwn})`);
      await runner.query(`ALTER TABLE dispatch.${table} ENABLE ROW LEVEL SECURITY`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(own)) {
      await runner.query(`ALTER TABLE dispatch.${table} DISABLE ROW LEVEL SECURITY`);
      await runner.query(`DROP POLICY services ON dispatch.${table}`);
      await runner.query(`DROP POLICY carriers ON dispatch.${table}`);
    }
    await runner.query('REVOKE SELECT ON ALL TABLES IN SCHEMA dispatch FROM yizhan_carrier');
    await runner.query('REVOKE USAGE ON SCHEMA dispatch FROM yizhan_carrier');
  }
}

/** A subscription that the carrier's role sees: the policy of that table holds within these. */
const ofOwn = (table: string) =>
  `EXISTS (SELECT FROM dispatch.subscriptions s WHERE s.subscription_id = ${table}.subscription_id)`;

const own = {
  subscriptions: `carrier_id = current_setting('yizhan.carrier_id', true)`,
  deliveries: ofOwn('deliveries'),
  notices: ofOwn('notices'),
  replays: ofOwn('replays'),
};
