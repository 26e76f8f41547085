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

/**
 * What consumers on Kafka and administrators need besides: where an unreadable message lay, as not every one has a
 * position, and what was discarded with a reason.
 */
export async function extendConsumerTables(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`ALTER TABLE ${schema}.quarantined ADD COLUMN place text`);
  await runner.query(`UPDATE ${schema}.quarantined SET place = 'position ' || position`);
  await runner.query(`ALTER TABLE ${schema}.quarantined
    DROP CONSTRAINT quarantined_pkey,
    ALTER COLUMN place SET NOT NULL,
    DROP COLUMN position,
    ADD PRIMARY KEY (consumer_group, place)`);
  // Empty where the effect is in the database, and any process may go on with what another has parked.
  await runner.query(`ALTER TABLE ${schema}.parked_events ADD COLUMN member text NOT NULL DEFAULT ''`);
  await runner.query(`CREATE TABLE ${schema}.discarded_events (
    consumer_group text NOT NULL,
    position bigint NOT NULL,
    partition_key text NOT NULL,
    subject text NOT NULL,
    type text NOT NULL,
    document text NOT NULL,
    error text,
    reason text NOT NULL,
    discarded_by text NOT NULL,
    discarded_at bigint NOT NULL,
    PRIMARY KEY (consumer_group, position)
  )`);
}

/** Takes back `extendConsumerTables`; what has no position in the log is forgotten. */
export async function shrinkConsumerTables(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`DROP TABLE ${schema}.discarded_events`);
  await runner.query(`ALTER TABLE ${schema}.parked_events DROP COLUMN member`);
  await runner.query(`DELETE FROM ${schema}.quarantined WHERE place NOT LIKE 'position %'`);
  await runner.query(`ALTER TABLE ${schema}.quarantined
    DROP CONSTRAINT quarantined_pkey,
    ADD COLUMN position bigint`);
  await runner.query(`UPDATE ${schema}.quarantined SET position = substr(place, 10)::bigint`);
  await runner.query(`ALTER TABLE ${schema}.quarantined DROP COLUMN place, ADD PRIMARY KEY (consumer_group, position)`);
}
