import { extendConsumerTables, shrinkConsumerTables } from '@yizhan/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that have no position can be set aside, and parked events be discarded with a reason. */
export class ExtendStationConsumer1764100001000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return extendConsumerTables(runner, 'station');
  }

  down(runner: QueryRunner): Promise<void> {
    return shrinkConsumerTables(runner, 'station');
  }
}
