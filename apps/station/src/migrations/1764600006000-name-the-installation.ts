import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which installation this is: an id that comes with its data, so that what a device keeps of two at one address stays apart. */
export class NameTheInstallation1764600006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.installation (
      is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one), installation_id uuid NOT NULL DEFAULT gen_random_uuid())`);
    await runner.query('INSERT INTO station.installation DEFAULT VALUES');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.installation');
  }
}
