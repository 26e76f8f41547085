import { servicePlaces } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A carrier makes keys for its own systems, and the database shows it those alone; never what is kept of the secret. */
export class LetCarriersMakeKeys1764900001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { station, scheduler, dispatch, commandCentre } = servicePlaces;
    const services = [station, scheduler, dispatch, commandCentre].map(({ role }) => role).join(', ');
    await runner.query('CREATE INDEX api_keys_of_carrier ON station.api_keys (carrier_id, owner, key_id)');
    await runner.query(`GRANT SELECT (key_id, owner, role, carrier_id, access, created_at, created_by, expires_at, last_used_at, revoked_at)
      ON station.api_keys TO yizhan_carrier`);
    await runner.query(`CREATE POLICY services ON station.api_keys TO ${services} USING (true) WITH CHECK (true)`);
    await runner.query(`CREATE POLICY carriers ON station.api_keys FOR SELECT TO yizhan_carrier
      USING (role = 'carrier' AND carrier_id = current_setting('yizhan.carrier_id', true))`);
    await runner.query('ALTER TABLE station.api_keys ENABLE ROW LEVEL SECURITY');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.api_keys DISABLE ROW LEVEL SECURITY');
    await runner.query('DROP POLICY carriers ON station.api_keys');
    await runner.query('DROP POLICY services ON station.api_keys');
    await runner.query('REVOKE ALL ON station.api_keys FROM yizhan_carrier');
    await runner.query('DROP INDEX station.api_keys_of_carrier');
  }
}
