import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What enterprises count for, and what they keep up. Facts have more in them than before: what was counted is dropped with the
 * progress, and the log is read again from its first event.
 */
export class KeepCapacity1764800004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE command_centre.enterprises (
      area_code text COLLATE "C" NOT NULL,
      enterprise_id text COLLATE "C" NOT NULL,
      county_code text COLLATE "C" NOT NULL,
      above_scale boolean NOT NULL,
      output_weight double precision NOT NULL,
      usual_loads_in double precision,
      usual_loads_out double precision,
      PRIMARY KEY (area_code, enterprise_id)
    )`);
    await runner.query(`CREATE TABLE command_centre.capacity_reports (
      area_code text COLLATE "C" NOT NULL,
      enterprise_id text COLLATE "C" NOT NULL,
      source text COLLATE "C" NOT NULL,
      at timestamptz NOT NULL,
      percent double precision NOT NULL,
      PRIMARY KEY (area_code, enterprise_id, source, at)
    )`);
    await readAgain(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE command_centre.capacity_reports, command_centre.enterprises');
    await readAgain(runner);
  }
}

async function readAgain(runner: QueryRunner): Promise<void> {
  for (const table of [
    'cells',
    'stories',
    'throughput',
    'stations_heard',
    'consumed',
    'parked_events',
    'quarantined',
  ]) {
    await runner.query(`DELETE FROM command_centre.${table}`);
  }
}
