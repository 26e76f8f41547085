import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever goes into a bay asks whether another truck was called to it. */
export class FindCalledBays1764200003003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX visits_called_to_a_bay ON station.visits (station_code, called_bay_code)
      WHERE called_bay_code IS NOT NULL AND state IN ('announced', 'arrived')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX station.visits_called_to_a_bay');
  }
}
