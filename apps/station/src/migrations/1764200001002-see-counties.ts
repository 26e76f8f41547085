import { servicePlaces } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { scheduler, dispatch, commandCentre } = servicePlaces;
const readers = [scheduler, dispatch, commandCentre].map(({ role }) => role).join(', ');

/** The guard of every service knows which stations lie in a county. */
export class SeeCounties1764200001002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT SELECT (station_code, county_code) ON station.stations TO ${readers}`);
    await runner.query('CREATE INDEX stations_by_county ON station.stations (county_code)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX station.stations_by_county');
    await runner.query(`REVOKE SELECT (station_code, county_code) ON station.stations FROM ${readers}`);
  }
}
