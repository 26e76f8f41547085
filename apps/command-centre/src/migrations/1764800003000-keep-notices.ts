import { createNoticeTables, dropNoticeTables } from '@yizhan/notices';
import { servicePlaces } from '@yizhan/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people on duty are told of alerts. */
export class KeepNotices1764800003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createNoticeTables(runner, servicePlaces.commandCentre.schema);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropNoticeTables(runner, servicePlaces.commandCentre.schema);
  }
}
