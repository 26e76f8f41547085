import { createNoticeTables, dropNoticeTables } from '@yizhan/notices';
import { servicePlaces } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What drivers and carriers are told of their trucks, and how far the log was read for it. */
export class KeepTruckNotices1764800001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createNoticeTables(runner, servicePlaces.station.schema);
    // Null until somebody is to be told: nobody hears of what happened before.
    await runner.query(`CREATE TABLE station.notice_place (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      position bigint
    ) WITH (fillfactor = 50)`);
    await runner.query('INSERT INTO station.notice_place DEFAULT VALUES');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.notice_place');
    await dropNoticeTables(runner, servicePlaces.station.schema);
  }
}
