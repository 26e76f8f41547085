import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A carrier's role sees the entries that name the carrier; the services see all of them, as before. */
export class ShowCarriersTheirEvents1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event_log.entries DISABLE ROW LEVEL SECURITY');
    await runner.query('DROP POLICY services ON event_log.entries');
    await runner.query('DROP POLICY events_of_carrier ON event_log.entries');
    await runner.query('REVOKE SELECT ON event_log.entries FROM yizhan_carrier');
    await runner.query('REVOKE USAGE ON SCHEMA event_log FROM yizhan_carrier');
  }
}

const statements = [
  'GRANT USAGE ON SCHEMA event_log TO yizhan_carrier',
  'GRANT SELECT ON event_log.entries TO yizhan_carrier',
  `CREATE POLICY services ON event_log.entries
    TO yizhan_sequencer, yizhan_station, yizhan_scheduler, yizhan_dispatch, yizhan_command_centre
    USING (true) WITH CHECK (true)`,
  // Canonical JSON sorts its keys, and of today's envelope none comes before this one: what is the carrier's own need not be
  // parsed. One that a later version adds may, and what is no JSON is nobody's.
  `CREATE POLICY events_of_carrier ON event_log.entries FOR SELECT TO yizhan_carrier
    USING (starts_with(document, '{"carrierid":' || to_json(current_setting('yizhan.carrier_id', true))::text || ',')
      OR CASE WHEN document IS JSON OBJECT
           THEN document::jsonb ->> 'carrierid' = current_setting('yizhan.carrier_id', true)
           ELSE false END)`,
  'ALTER TABLE event_log.entries ENABLE ROW LEVEL SECURITY',
];
