import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An enterprise finds the visits with its consignments, and a carrier its trucks, among those of years. */
export class FindWhatIsOnesOwn1764200009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX visits_consignments ON station.visits USING gin (consignments jsonb_path_ops)');
    await runner.query('CREATE INDEX trucks_carrier ON station.trucks (carrier_id, plate)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX station.visits_consignments, station.trucks_carrier');
  }
}
