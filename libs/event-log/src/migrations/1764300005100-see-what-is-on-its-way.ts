import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the log has all that was written of a subject: who corrects it waits until it does. */
export class SeeWhatIsOnItsWay1764300005100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT ON event_log.subjects TO yizhan_station');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT ON event_log.subjects FROM yizhan_station');
  }
}
