import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rest places of stations, who holds one, and meals that were handed out. */
export class CareForWhoWaits1764600007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE station.stations ADD COLUMN rest_places integer NOT NULL DEFAULT 0 CHECK (rest_places >= 0)',
    );
    // Of the station that he is at: it ends with his stay there.
    await runner.query(`ALTER TABLE station.drivers ADD COLUMN rest_since timestamptz,
      ADD CONSTRAINT rests_at_a_station CHECK (rest_since IS NULL OR station_code IS NOT NULL)`);
    await runner.query(`CREATE TABLE station.meals (
      meal_id uuid PRIMARY KEY, driver_id text NOT NULL REFERENCES station.drivers,
      station_code text NOT NULL REFERENCES station.stations, given_at timestamptz NOT NULL, given_by text NOT NULL)`);
    await runner.query('CREATE INDEX meals_of_station ON station.meals (station_code, given_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.meals');
    await runner.query('ALTER TABLE station.drivers DROP COLUMN rest_since');
    await runner.query('ALTER TABLE station.stations DROP COLUMN rest_places');
  }
}
