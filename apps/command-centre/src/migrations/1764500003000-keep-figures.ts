import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Figures of every hour, and what they are made of. What was counted before is dropped with the progress: the log is read
 * again from its first event.
 */
export class KeepFigures1764500003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Texts are compared byte by byte, so that the order of rows is the same on every machine.
    await runner.query(`CREATE TABLE command_centre.stories (
      area_code text COLLATE "C" NOT NULL,
      subject text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      state text COLLATE "C",
      since timestamptz,
      due timestamptz,
      station_code text COLLATE "C" NOT NULL,
      carrier_id text COLLATE "C" NOT NULL,
      flow text COLLATE "C" NOT NULL,
      label text COLLATE "C" NOT NULL,
      facts text NOT NULL,
      PRIMARY KEY (area_code, subject)
    ) WITH (fillfactor = 70)`);
    await runner.query(`CREATE INDEX stories_open ON command_centre.stories (area_code, kind) WHERE state IS NOT NULL`);
    await runner.query(`CREATE TABLE command_centre.cells (
      area_code text COLLATE "C" NOT NULL,
      dimension text COLLATE "C" NOT NULL,
      hour timestamptz NOT NULL,
      code text COLLATE "C" NOT NULL,
      flow text COLLATE "C" NOT NULL,
      kpi text COLLATE "C" NOT NULL,
      split text COLLATE "C" NOT NULL,
      bucket int NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (area_code, dimension, hour, code, flow, kpi, split, bucket)
    ) WITH (fillfactor = 70)`);
    await forgetProgress(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE command_centre.cells, command_centre.stories');
    await forgetProgress(runner);
  }
}

async function forgetProgress(runner: QueryRunner): Promise<void> {
  for (const table of ['throughput', 'consumed', 'parked_events', 'quarantined']) {
    await runner.query(`DELETE FROM command_centre.${table}`);
  }
}
