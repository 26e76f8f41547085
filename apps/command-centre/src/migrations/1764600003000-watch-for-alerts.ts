import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Alerts, and what they are seen by. Facts have more in them than before: what was counted is dropped with the progress, and the log
 * is read again from its first event.
 */
export class WatchForAlerts1764600003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE command_centre.stations_heard (
      area_code text COLLATE "C" NOT NULL,
      station_code text COLLATE "C" NOT NULL,
      heard_at timestamptz NOT NULL,
      PRIMARY KEY (area_code, station_code)
    ) WITH (fillfactor = 50)`);
    // Whoever has moved an area's instant forward looks at it; who comes at the same time finds that it was moved.
    await runner.query(`CREATE TABLE command_centre.alert_watches (
      area_code text COLLATE "C" PRIMARY KEY,
      looked_at timestamptz NOT NULL
    ) WITH (fillfactor = 50)`);
    await runner.query(`CREATE TABLE command_centre.alert_levels (
      area_code text COLLATE "C" NOT NULL,
      rule text COLLATE "C" NOT NULL,
      station_code text COLLATE "C" NOT NULL,
      at timestamptz NOT NULL,
      trucks int NOT NULL,
      PRIMARY KEY (area_code, rule, station_code, at)
    )`);
    await runner.query(`CREATE TABLE command_centre.alerts (
      alert_id uuid PRIMARY KEY,
      area_code text COLLATE "C" NOT NULL,
      key text COLLATE "C" NOT NULL,
      rule text COLLATE "C" NOT NULL,
      station_code text COLLATE "C" NOT NULL,
      label text COLLATE "C" NOT NULL,
      level text COLLATE "C" NOT NULL,
      value double precision NOT NULL,
      count int NOT NULL,
      subjects text[] NOT NULL,
      opened_at timestamptz NOT NULL,
      raised_at timestamptz NOT NULL,
      acknowledged_at timestamptz,
      acknowledged_by text COLLATE "C",
      escalated_at timestamptz,
      resolved_at timestamptz
    ) WITH (fillfactor = 70)`);
    await runner.query(
      `CREATE UNIQUE INDEX alerts_one_per_cause ON command_centre.alerts (area_code, key) WHERE resolved_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX alerts_of_area ON command_centre.alerts (area_code, opened_at DESC, alert_id DESC)`,
    );
    await readAgain(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE command_centre.alerts, command_centre.alert_levels, command_centre.alert_watches,
      command_centre.stations_heard`);
    await readAgain(runner);
  }
}

async function readAgain(runner: QueryRunner): Promise<void> {
  for (const table of ['cells', 'stories', 'throughput', 'consumed', 'parked_events', 'quarantined']) {
    await runner.query(`DELETE FROM command_centre.${table}`);
  }
}
