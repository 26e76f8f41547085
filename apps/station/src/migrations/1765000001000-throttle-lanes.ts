import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lanes of which only so many trucks an hour get a driver. */
export class ThrottleLanes1765000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.lane_throttles (
      throttle_id uuid PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas,
      flow text NOT NULL CHECK (flow IN ('into_zone', 'out_of_zone')), station_code text REFERENCES station.stations,
      trucks_per_hour integer NOT NULL CHECK (trucks_per_hour >= 0), reason text NOT NULL,
      throttled_by text NOT NULL, throttled_at timestamptz NOT NULL, ends_at timestamptz,
      ended_by text, ended_at timestamptz, how text CHECK (how IN ('lifted', 'expired', 'replaced')),
      CHECK ((ended_at IS NULL) = (how IS NULL)))`);
    await runner.query(`CREATE UNIQUE INDEX lane_throttles_one_per_lane
      ON station.lane_throttles (area_code, flow, coalesce(station_code, '')) WHERE ended_at IS NULL`);
    await runner.query('CREATE INDEX lane_throttles_of_area ON station.lane_throttles (area_code, throttle_id)');
    // Block ranges: who was assigned in the last hour lies at the end, and updates of handoffs pay next to nothing.
    await runner.query('CREATE INDEX handoffs_assigned_at ON station.handoffs USING brin (assigned_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX station.handoffs_assigned_at');
    await runner.query('DROP TABLE station.lane_throttles');
  }
}
