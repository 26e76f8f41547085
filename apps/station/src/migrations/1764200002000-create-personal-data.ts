import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Personal data, encrypted with keys that are not in the database; who has read them; whose were erased. */
export class CreatePersonalData1764200002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.personal_data (
      person_id text NOT NULL, field text NOT NULL CHECK (field IN ('name', 'phone', 'identityNumber')), content bytea NOT NULL,
      changed_at timestamptz NOT NULL, changed_by text NOT NULL, PRIMARY KEY (person_id, field))`);
    await runner.query(`CREATE TABLE station.personal_data_reads (
      read_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person_id text NOT NULL, caller text NOT NULL,
      fields text[] NOT NULL, read_at timestamptz NOT NULL)`);
    await runner.query(`CREATE INDEX personal_data_reads_of ON station.personal_data_reads (person_id, read_no)`);
    await runner.query(`CREATE TABLE station.erasures (
      person_id text PRIMARY KEY, erased_at timestamptz NOT NULL, erased_by text NOT NULL, reason text NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.personal_data, station.personal_data_reads, station.erasures');
  }
}
