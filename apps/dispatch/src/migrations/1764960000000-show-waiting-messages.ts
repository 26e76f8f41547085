import { servicePlaces } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when what was asked for again waits; and to the command centre, which messages wait, of which area, and no more (ADR 73). */
export class ShowWaitingMessages1764960000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE dispatch.deliveries ADD COLUMN due_again_at timestamptz');
    await runner.query(waitingMessages);
    await runner.query(`GRANT USAGE ON SCHEMA dispatch TO ${role}`);
    await runner.query(`GRANT SELECT ON dispatch.waiting_messages TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW dispatch.waiting_messages');
    await runner.query(`REVOKE USAGE ON SCHEMA dispatch FROM ${role}`);
    await runner.query('ALTER TABLE dispatch.deliveries DROP COLUMN due_again_at');
  }
}

const { role } = servicePlaces.commandCentre;

/**
 * A message that was refused waits because of its endpoint only while that accepts nothing else either. Nothing waits from before its
 * subscription was changed last: whoever resumes one after days has had no backlog meanwhile.
 */
const waitingMessages = `CREATE VIEW dispatch.waiting_messages AS
  SELECT w.subscription_id, e.partition_key AS area_code, w.waits_since
  FROM (
    SELECT d.subscription_id, d.position,
      greatest(coalesce(d.due_again_at, d.made_at), s.changed_at, CASE WHEN d.tries > 0 THEN s.failing_since END) AS waits_since
    FROM dispatch.subscriptions s JOIN dispatch.deliveries d ON d.subscription_id = s.subscription_id
    WHERE s.state = 'active' AND d.state = 'pending' AND (d.tries = 0 OR s.failing_since IS NOT NULL)
    UNION ALL
    SELECT b.subscription_id, p.position, greatest(b.made_at, s.changed_at)
    FROM dispatch.subscriptions s JOIN dispatch.batches b ON b.subscription_id = s.subscription_id
      CROSS JOIN LATERAL unnest(b.positions) AS p (position)
    WHERE s.state = 'active' AND NOT EXISTS (SELECT FROM dispatch.deliveries d
      WHERE d.subscription_id = b.subscription_id AND d.position = p.position OFFSET 0)
  ) AS w JOIN event_log.entries e ON e.position = w.position`;
