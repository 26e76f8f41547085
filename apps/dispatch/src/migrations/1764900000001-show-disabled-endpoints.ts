import { servicePlaces } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a subscription is disabled; and to the station, which has the phones of carriers, whose endpoint that is, and no more. */
export class ShowDisabledEndpoints1764900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE dispatch.subscriptions ADD COLUMN disabled_at timestamptz');
    await runner.query(`UPDATE dispatch.subscriptions SET disabled_at = changed_at WHERE state = 'disabled'`);
    await runner.query(`CREATE VIEW dispatch.disabled_endpoints AS
      SELECT subscription_id, carrier_id, disabled_reason AS reason, disabled_at FROM dispatch.subscriptions
      WHERE state = 'disabled' AND disabled_at IS NOT NULL AND carrier_id IS NOT NULL`);
    await runner.query(`GRANT USAGE ON SCHEMA dispatch TO ${role}`);
    await runner.query(`GRANT SELECT ON dispatch.disabled_endpoints TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW dispatch.disabled_endpoints');
    await runner.query(`REVOKE USAGE ON SCHEMA dispatch FROM ${role}`);
    await runner.query('ALTER TABLE dispatch.subscriptions DROP COLUMN disabled_at');
  }
}

const { role } = servicePlaces.station;
