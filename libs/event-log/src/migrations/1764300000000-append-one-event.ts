import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Most changes state one event: for it, `append` spares the grouping of events by their subjects. */
export class AppendOneEvent1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appendWith(oneEvent));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(appendWith(''));
  }
}

const oneEvent = `
        IF json_array_length(events) = 1 THEN
          INSERT INTO subjects AS s (subject, sequence) VALUES (events->0->>'subject', 1)
          ON CONFLICT (subject) DO UPDATE SET sequence = s.sequence + 1
          RETURNING s.sequence INTO reached;
          INSERT INTO outbox (subject, sequence, event)
          VALUES (events->0->>'subject', reached, events->0->>'event');
          RETURN;
        END IF;`;

/** Subjects are locked in one order; the transaction has its id before it takes an outbox id (gaps rely on it). */
const appendWith = (shortcut: string): string => `CREATE OR REPLACE FUNCTION event_log.append(events json) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = event_log, pg_temp AS $$
      DECLARE
        reached bigint;
      BEGIN
        PERFORM pg_current_xact_id();${shortcut}
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
      END $$`;
