import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What else a station has to know of the past, and the pauses of stations that plans have opened and closed. */
export class JudgeMoreOfThePast1764200005200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}

const up = [
  'ALTER TABLE station.handoffs ADD COLUMN assigned_at timestamptz',
  'ALTER TABLE station.visits ADD COLUMN lifted_holds jsonb',
  // Rows lie in the order of their time: next to nothing to keep, and enough to pass over what is old.
  'CREATE INDEX visits_by_time ON station.visits USING brin (arrived_at)',
  'CREATE INDEX offline_uploads_of_tablet ON station.offline_uploads (caller, tablet_id, received_at)',
  // Of a plan that was activated or ended before it said so, the present is the latest that it can have been.
  `UPDATE station.station_pauses p SET to_at = now()
   FROM station.stations s WHERE s.station_code = p.station_code AND s.state = 'open' AND p.to_at IS NULL`,
  `INSERT INTO station.station_pauses (station_code, from_at, why)
   SELECT s.station_code, now(), s.state FROM station.stations s
   WHERE s.state <> 'open'
     AND NOT EXISTS (SELECT FROM station.station_pauses p WHERE p.station_code = s.station_code AND p.to_at IS NULL)`,
];

const down = [
  'DROP INDEX station.offline_uploads_of_tablet, station.visits_by_time',
  'ALTER TABLE station.visits DROP COLUMN lifted_holds',
  'ALTER TABLE station.handoffs DROP COLUMN assigned_at',
];
