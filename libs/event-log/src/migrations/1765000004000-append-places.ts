import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readHeads } from '../log-heads.js';

const readers = 'yizhan_station, yizhan_scheduler, yizhan_dispatch, yizhan_command_centre';

/**
 * The sequencer appends its place, as a row for each pass, and the hash of each entry with the entry: of a row that is updated all
 * the time no version can go while an old snapshot is held, and each reading walks them all. A partition is attached,
 * which waits for nobody who reads.
 */
export class AppendPlaces1765000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A sequencer that is still at work ends its pass first, and begins none.
    await runner.query(`LOCK TABLE event_log.sequencer, event_log.entries IN ACCESS EXCLUSIVE MODE`);
    await runner.query(`CREATE TABLE event_log.passes (
      number bigint PRIMARY KEY,
      position bigint NOT NULL,
      outbox_id bigint NOT NULL,
      gaps jsonb NOT NULL
    )`);
    await runner.query(`INSERT INTO event_log.passes SELECT 1, position, outbox_id, gaps FROM event_log.sequencer`);
    // Null in what was written before this, but for the newest of each key.
    await runner.query(`ALTER TABLE event_log.entries ADD COLUMN hash bytea`);
    await runner.query(`UPDATE event_log.entries e SET hash = decode(h.hash, 'hex')
      FROM event_log.heads h WHERE e.position = h.position`);
    await runner.query(`DROP TABLE event_log.sequencer, event_log.heads`);
    await runner.query(`CREATE VIEW event_log.sequencer AS
      SELECT number, position, outbox_id, gaps FROM event_log.passes ORDER BY number DESC LIMIT 1`);
    // Two may find at once that a partition is missing.
    await this.#ensurePartitions(
      runner,
      `PERFORM pg_advisory_xact_lock('entries'::regclass::bigint);
        FOR part IN (reached / size)..(reached / size + 1) LOOP
          CONTINUE WHEN to_regclass(format('entries_%s', part)) IS NOT NULL;
          EXECUTE format('CREATE TABLE entries_%s (LIKE entries INCLUDING ALL)', part);
          EXECUTE format('ALTER TABLE entries ATTACH PARTITION entries_%s FOR VALUES FROM (%s) TO (%s)',
            part, part * size, (part + 1) * size);`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`LOCK TABLE event_log.passes, event_log.entries IN ACCESS EXCLUSIVE MODE`);
    await this.#ensurePartitions(
      runner,
      `FOR part IN (reached / size)..(reached / size + 1) LOOP
          EXECUTE format('CREATE TABLE IF NOT EXISTS entries_%s PARTITION OF entries FOR VALUES FROM (%s) TO (%s)',
            part, part * size, (part + 1) * size);`,
    );
    await runner.query(`CREATE TABLE event_log.heads (
      partition_key text PRIMARY KEY,
      position bigint NOT NULL,
      hash text NOT NULL
    ) WITH (fillfactor = 60)`);
    await runner.query(`INSERT INTO event_log.heads ${readHeads}`, [Number.MAX_SAFE_INTEGER]);
    await runner.query(`GRANT SELECT ON event_log.heads TO ${readers}`);
    await runner.query(`ALTER TABLE event_log.entries DROP COLUMN hash`);
    await runner.query(`DROP VIEW event_log.sequencer`);
    await runner.query(`CREATE TABLE event_log.sequencer (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      position bigint NOT NULL,
      outbox_id bigint NOT NULL,
      gaps jsonb NOT NULL
    ) WITH (fillfactor = 60)`);
    await runner.query(`INSERT INTO event_log.sequencer (position, outbox_id, gaps)
      SELECT position, outbox_id, gaps FROM event_log.passes ORDER BY number DESC LIMIT 1`);
    await runner.query(`DROP TABLE event_log.passes`);
  }

  async #ensurePartitions(runner: QueryRunner, loop: string): Promise<void> {
    await runner.query(`CREATE OR REPLACE FUNCTION event_log.ensure_partitions(reached bigint) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = event_log, pg_temp AS $$
      DECLARE
        size constant bigint := 1000000;
        part bigint;
      BEGIN
        ${loop}
          -- The default privileges of the schema would let the sequencer change a partition behind the parent's back.
          EXECUTE format('REVOKE ALL ON entries_%s FROM yizhan_sequencer', part);
        END LOOP;
      END $$`);
  }
}
