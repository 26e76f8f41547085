import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the log has been published, the entries of one key in order, and the rights of the services that only read. */
export class PublishToKafka1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A refill takes the next generation, so that a publisher that is under way cannot store its old place over it.
    await runner.query(`CREATE TABLE event_log.published (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      position bigint NOT NULL,
      generation bigint NOT NULL
    ) WITH (fillfactor = 50)`);
    await runner.query(`INSERT INTO event_log.published (position, generation) VALUES (0, 1)`);
    await runner.query(`CREATE INDEX entries_partition_key ON event_log.entries (partition_key, position)`);
    for (const role of ['yizhan_dispatch', 'yizhan_command_centre']) {
      await runner.query(`GRANT USAGE ON SCHEMA event_log TO ${role}`);
      await runner.query(`GRANT EXECUTE ON FUNCTION event_log.append(json) TO ${role}`);
    }
    for (const role of ['yizhan_station', 'yizhan_scheduler', 'yizhan_dispatch', 'yizhan_command_centre']) {
      await runner.query(`GRANT SELECT ON event_log.entries, event_log.heads TO ${role}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const role of ['yizhan_dispatch', 'yizhan_command_centre']) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION event_log.append(json) FROM ${role}`);
      await runner.query(`REVOKE SELECT ON event_log.entries FROM ${role}`);
      await runner.query(`REVOKE USAGE ON SCHEMA event_log FROM ${role}`);
    }
    for (const role of ['yizhan_station', 'yizhan_scheduler', 'yizhan_dispatch', 'yizhan_command_centre']) {
      await runner.query(`REVOKE SELECT ON event_log.heads FROM ${role}`);
    }
    await runner.query(`DROP INDEX event_log.entries_partition_key`);
    await runner.query(`DROP TABLE event_log.published`);
  }
}
