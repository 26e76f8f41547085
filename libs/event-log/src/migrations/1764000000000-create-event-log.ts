import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one log: outbox, sequences per subject, entries by position, the sequencer's place. */
export class CreateEventLog1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE event_log.subjects (
      subject text PRIMARY KEY,
      sequence bigint NOT NULL
    ) WITH (fillfactor = 60)`);
    await runner.query(`CREATE TABLE event_log.outbox (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      subject text NOT NULL,
      sequence bigint NOT NULL,
      event text NOT NULL
    )`);
    await runner.query(`CREATE TABLE event_log.entries (
      position bigint NOT NULL PRIMARY KEY,
      event_id uuid NOT NULL,
      type text NOT NULL,
      subject text NOT NULL,
      sequence bigint NOT NULL,
      partition_key text NOT NULL,
      correlation_id text NOT NULL,
      recorded_at timestamptz NOT NULL,
      document text NOT NULL
    ) PARTITION BY RANGE (position)`);
    await runner.query(`CREATE INDEX entries_subject ON event_log.entries (subject, sequence)`);
    await runner.query(`CREATE INDEX entries_correlation ON event_log.entries (correlation_id, position)`);
    await runner.query(`CREATE TABLE event_log.heads (
      partition_key text PRIMARY KEY,
      position bigint NOT NULL,
      hash text NOT NULL
    ) WITH (fillfactor = 60)`);
    await runner.query(`CREATE TABLE event_log.sequencer (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      position bigint NOT NULL,
      outbox_id bigint NOT NULL,
      gaps jsonb NOT NULL
    ) WITH (fillfactor = 60)`);
    await runner.query(`INSERT INTO event_log.sequencer (position, outbox_id, gaps) VALUES (0, 0, '[]')`);
    await this.#functions(runner);
    await runner.query(`SELECT event_log.ensure_partitions(0)`);
    await this.#grants(runner);
  }

  async #functions(runner: QueryRunner): Promise<void> {
    // Subjects are locked in one order; the transaction has its id before it takes an outbox id (gaps rely on it).
    await runner.query(`CREATE FUNCTION event_log.append(events json) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = event_log, pg_temp AS $$
      BEGIN
        PERFORM pg_current_xact_id();
        WITH given AS (
          SELECT e.value->>'subject' AS subject, e.value->>'event' AS event, e.ordinality AS place
          FROM json_array_elements(events) WITH ORDINALITY AS e
        ), locked AS (
          INSERT INTO subjects AS s (subject, sequence)
          SELECT subject, count(*) FROM given GROUP BY subject ORDER BY subject
          ON CONFLICT (subject) DO UPDATE SET sequence = s.sequence + EXCLUDED.sequence
          RETURNING s.subject, s.sequence
        )
        INSERT INTO outbox (subject, sequence, event)
        SELECT g.subject,
               l.sequence - count(*) OVER (PARTITION BY g.subject)
                 + row_number() OVER (PARTITION BY g.subject ORDER BY g.place),
               g.event
        FROM given g JOIN locked l USING (subject)
        ORDER BY g.place;
      END $$`);
    await runner.query(`CREATE FUNCTION event_log.ensure_partitions(reached bigint) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = event_log, pg_temp AS $$
      DECLARE
        size constant bigint := 1000000;
        part bigint;
      BEGIN
        FOR part IN (reached / size)..(reached / size + 1) LOOP
          EXECUTE format('CREATE TABLE IF NOT EXISTS entries_%s PARTITION OF entries FOR VALUES FROM (%s) TO (%s)',
            part, part * size, (part + 1) * size);
          -- The default privileges of the schema would let the sequencer change a partition behind the parent's back.
          EXECUTE format('REVOKE ALL ON entries_%s FROM yizhan_sequencer', part);
        END LOOP;
      END $$`);
  }

  async #grants(runner: QueryRunner): Promise<void> {
    await runner.query(
      `REVOKE ALL ON FUNCTION event_log.append(json), event_log.ensure_partitions(bigint) FROM PUBLIC`,
    );
    await runner.query(`GRANT EXECUTE ON FUNCTION event_log.ensure_partitions(bigint) TO yizhan_sequencer`);
    await runner.query(`REVOKE UPDATE, DELETE ON event_log.entries FROM yizhan_sequencer`);
    for (const role of ['yizhan_station', 'yizhan_scheduler']) {
      await runner.query(`GRANT USAGE ON SCHEMA event_log TO ${role}`);
      await runner.query(`GRANT SELECT ON event_log.entries TO ${role}`);
      await runner.query(`GRANT EXECUTE ON FUNCTION event_log.append(json) TO ${role}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION event_log.append(json), event_log.ensure_partitions(bigint)`);
    await runner.query(
      `DROP TABLE event_log.entries, event_log.outbox, event_log.subjects, event_log.heads, event_log.sequencer`,
    );
  }
}
