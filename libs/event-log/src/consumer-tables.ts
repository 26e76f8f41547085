import type { QueryRunner } from 'typeorm';

/** What a consuming service keeps in its own schema: how far it is, what it parked, what it could not read. */
export async function createConsumerTables(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`CREATE TABLE ${schema}.consumed (
    consumer_group text NOT NULL,
    partition_key text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (consumer_group, partition_key)
  ) WITH (fillfactor = 50)`);
  await runner.query(`CREATE TABLE ${schema}.parked_events (
    consumer_group text NOT NULL,
    position bigint NOT NULL,
    partition_key text NOT NULL,
    subject text NOT NULL,
    type text NOT NULL,
    document text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'retrying', 'parked', 'released')),
    attempts integer NOT NULL,
    error text,
    next_attempt_at bigint,
    parked_at bigint NOT NULL,
    PRIMARY KEY (consumer_group, position)
  )`);
  await runner.query(
    `CREATE INDEX parked_events_subject ON ${schema}.parked_events (consumer_group, subject, position)`,
  );
  await runner.query(`CREATE TABLE ${schema}.quarantined (
    consumer_group text NOT NULL,
    position bigint NOT NULL,
    raw text NOT NULL,
    reason text NOT NULL,
    quarantined_at bigint NOT NULL,
    PRIMARY KEY (consumer_group, position)
  )`);
}
