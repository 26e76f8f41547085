import { extendConsumerTables, shrinkConsumerTables } from '@yizhan/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that have no position can be set aside, and parked events be discarded with a reason. */
export class ExtendSchedulerConsumer1764100002000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return extendConsumerTables(runner, 'scheduler');
  }

  down(runner: QueryRunner): Promise<void> {
    return shrinkConsumerTables(runner, 'scheduler');
  }
}
