import { createConsumerTables, extendConsumerTables } from '@yizhan/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the command centre counts, and how far it has counted. Nothing here that does not come from events. */
export class CreateCommandCentre1764100003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Texts are compared byte by byte, so that the order of rows is the same on every machine.
    await runner.query(`CREATE TABLE command_centre.throughput (
      hour timestamptz NOT NULL,
      area_code text COLLATE "C" NOT NULL,
      station_code text COLLATE "C" NOT NULL,
      figure text COLLATE "C" NOT NULL,
      split text COLLATE "C" NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (hour, area_code, station_code, figure, split)
    ) WITH (fillfactor = 70)`);
    await runner.query(
      `CREATE INDEX throughput_of_area ON command_centre.throughput (area_code, hour, station_code, figure, split)`,
    );
    await createConsumerTables(runner, 'command_centre');
    await extendConsumerTables(runner, 'command_centre');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE command_centre.discarded_events, command_centre.quarantined,
      command_centre.parked_events, command_centre.consumed, command_centre.throughput`);
  }
}
