import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a station's devices were heard last, and since when it counts as cut off from its area. */
export class HearStations1764700001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.stations ADD heard_at timestamptz, ADD cut_off_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station.stations DROP heard_at, DROP cut_off_at');
  }
}
