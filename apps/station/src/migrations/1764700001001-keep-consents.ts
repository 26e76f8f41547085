import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a carrier has agreed to beforehand: all its trucks of an area, a lane, or one truck. */
export class KeepConsents1764700001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.consents (
      consent_id uuid PRIMARY KEY, carrier_id text NOT NULL, area_code text NOT NULL REFERENCES station.areas,
      scope text NOT NULL CHECK (scope IN ('standing', 'lane', 'truck')), station_code text, flow text, plate text,
      given_by text NOT NULL, given_at timestamptz NOT NULL, valid_until timestamptz, revoked_by text, revoked_at timestamptz,
      CHECK ((flow IS NOT NULL) = (scope = 'lane')), CHECK ((plate IS NOT NULL) = (scope = 'truck')),
      CHECK (station_code IS NULL OR scope = 'lane'), CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)))`);
    await runner.query('CREATE INDEX consents_of_carrier ON station.consents (carrier_id, area_code, consent_id)');
    await runner.query('GRANT SELECT ON station.consents TO yizhan_carrier');
    await runner.query('CREATE POLICY services ON station.consents TO yizhan_station USING (true) WITH CHECK (true)');
    await runner.query(`CREATE POLICY carriers ON station.consents FOR SELECT TO yizhan_carrier
      USING (carrier_id = current_setting('yizhan.carrier_id', true))`);
    await runner.query('ALTER TABLE station.consents ENABLE ROW LEVEL SECURITY');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.consents');
  }
}
