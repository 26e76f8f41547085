import { servicePlaces } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { scheduler, dispatch, commandCentre } = servicePlaces;
const readers = [scheduler, dispatch, commandCentre].map(({ role }) => role).join(', ');

/** Sessions, the claim link and keys of systems, each as a digest. The other services read what a guard needs, and no more. */
export class IssueCredentials1764200001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...grants]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE ALL (account_id, state) ON station.accounts FROM ${readers}`);
    await runner.query('DROP TABLE station.api_keys, station.claims, station.refresh_tokens, station.sessions');
    await runner.query(`REVOKE USAGE ON SCHEMA station FROM ${readers}`);
  }
}

const tables = [
  `CREATE TABLE station.sessions (
    session_id uuid PRIMARY KEY, account_id text NOT NULL REFERENCES station.accounts, started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL, ended_at timestamptz, end_reason text)`,
  `CREATE INDEX sessions_by_account ON station.sessions (account_id)`,
  `CREATE TABLE station.refresh_tokens (
    digest text PRIMARY KEY, session_id uuid NOT NULL REFERENCES station.sessions ON DELETE CASCADE,
    issued_at timestamptz NOT NULL, used_at timestamptz)`,
  `CREATE INDEX refresh_tokens_by_session ON station.refresh_tokens (session_id)`,
  `CREATE TABLE station.claims (digest text PRIMARY KEY, made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz)`,
  `CREATE TABLE station.api_keys (
    key_id text PRIMARY KEY, owner text NOT NULL, role text NOT NULL, stations text[] NOT NULL DEFAULT '{}',
    areas text[] NOT NULL DEFAULT '{}', counties text[] NOT NULL DEFAULT '{}', carrier_id text, enterprise_id text,
    access text NOT NULL CHECK (access IN ('read', 'write')), digest text NOT NULL, created_at timestamptz NOT NULL, created_by text NOT NULL,
    expires_at timestamptz NOT NULL, last_used_at timestamptz, revoked_at timestamptz, revoke_reason text)`,
  `CREATE INDEX api_keys_by_owner ON station.api_keys (owner, key_id)`,
];

const grants = [
  `GRANT USAGE ON SCHEMA station TO ${readers}`,
  `GRANT SELECT (account_id, state) ON station.accounts TO ${readers}`,
  `GRANT SELECT (key_id, owner, role, stations, areas, counties, carrier_id, enterprise_id, access, digest, expires_at, revoked_at),
    UPDATE (last_used_at) ON station.api_keys TO ${readers}`,
];
