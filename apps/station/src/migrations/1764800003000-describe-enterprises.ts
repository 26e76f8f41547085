import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an enterprise counts for in the capacity kept of its county. */
export class DescribeEnterprises1764800003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE station.enterprises
      ADD COLUMN county_code text, ADD COLUMN above_scale boolean NOT NULL DEFAULT false,
      ADD COLUMN output_weight double precision NOT NULL DEFAULT 0 CHECK (output_weight >= 0),
      ADD COLUMN usual_loads_in double precision, ADD COLUMN usual_loads_out double precision`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE station.enterprises
      DROP COLUMN county_code, DROP COLUMN above_scale, DROP COLUMN output_weight,
      DROP COLUMN usual_loads_in, DROP COLUMN usual_loads_out`);
  }
}
