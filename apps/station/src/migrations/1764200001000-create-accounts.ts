import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may sign in and sign, as whom, and how often somebody has tried in vain. Secrets lie here as salted scrypt hashes only. */
export class CreateAccounts1764200001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.accounts (
      account_id text PRIMARY KEY, role text NOT NULL, stations text[] NOT NULL DEFAULT '{}', areas text[] NOT NULL DEFAULT '{}',
      counties text[] NOT NULL DEFAULT '{}', driver_id text, carrier_id text, enterprise_id text,
      state text NOT NULL CHECK (state IN ('active', 'suspended')), password_hash text, pin_hash text,
      created_at timestamptz NOT NULL, created_by text NOT NULL, suspended_at timestamptz, suspend_reason text,
      version integer NOT NULL DEFAULT 1)`);
    await runner.query(`CREATE INDEX accounts_suspended ON station.accounts (account_id) WHERE state = 'suspended'`);
    // Apart from the accounts: tries are counted while another transaction may hold the account's row.
    await runner.query(`CREATE TABLE station.secret_tries (
      account_id text NOT NULL, secret text NOT NULL CHECK (secret IN ('password', 'pin')), failed integer NOT NULL,
      last_at timestamptz NOT NULL, locked_until timestamptz, PRIMARY KEY (account_id, secret))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.secret_tries, station.accounts');
  }
}
