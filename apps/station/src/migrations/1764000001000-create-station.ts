import { createConsumerTables } from '@yizhan/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything that the station service decides on. The invariants of the contract are unique indexes here, never a check before an insert. */
export class CreateStation1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...network, ...people, ...trucks, ...work, ...housekeeping]) await runner.query(statement);
    await createConsumerTables(runner, 'station');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DO $$ DECLARE t text; BEGIN
      FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'station' AND tablename <> 'migrations' LOOP
        EXECUTE format('DROP TABLE station.%I CASCADE', t);
      END LOOP; END $$`);
    await runner.query('DROP FUNCTION station.exactly_one(bigint)');
  }
}

const network = [
  `CREATE TABLE station.areas (area_code text PRIMARY KEY, name text NOT NULL, scheduler_epoch bigint NOT NULL DEFAULT 0)`,
  `CREATE TABLE station.policies (
    policy_id text NOT NULL, version text NOT NULL, area_code text NOT NULL REFERENCES station.areas,
    rules jsonb NOT NULL, published_at timestamptz NOT NULL, PRIMARY KEY (policy_id, version, area_code))`,
  `CREATE TABLE station.zones (
    zone_id text PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas, level text NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'lifted')), county_codes text[] NOT NULL, station_codes text[] NOT NULL,
    starts_at timestamptz NOT NULL, ends_at timestamptz, policy_id text NOT NULL, policy_version text NOT NULL,
    lifted_at timestamptz, version integer NOT NULL DEFAULT 1)`,
  `CREATE TABLE station.stations (
    station_code text PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas, county_code text NOT NULL,
    name text NOT NULL, latitude double precision NOT NULL, longitude double precision NOT NULL, zone_ids text[] NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'suspended', 'closed')), suspended_at timestamptz, version integer NOT NULL DEFAULT 1)`,
  `CREATE TABLE station.bays (
    station_code text NOT NULL REFERENCES station.stations, bay_code text NOT NULL, PRIMARY KEY (station_code, bay_code))`,
  `CREATE TABLE station.carriers (carrier_id text PRIMARY KEY, name text NOT NULL)`,
  `CREATE TABLE station.enterprises (
    enterprise_id text PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas, zone_id text REFERENCES station.zones, name text NOT NULL,
    readiness text NOT NULL CHECK (readiness IN ('willing', 'ready', 'activated', 'ended')),
    priority integer NOT NULL DEFAULT 0, stops_line_at timestamptz, version integer NOT NULL DEFAULT 1)`,
];

const people = [
  `CREATE TABLE station.drivers (
    driver_id text PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas, inside_zone_id text, licences text[] NOT NULL,
    home_station_code text, carrier_id text, station_code text,
    shift_station_code text, shift_started_at timestamptz, shift_ends_at timestamptz,
    driving_since timestamptz, activity jsonb NOT NULL DEFAULT '{"driving":[],"rests":[]}',
    version integer NOT NULL DEFAULT 1) WITH (fillfactor = 70)`,
  `CREATE INDEX drivers_area ON station.drivers (area_code, driver_id)`,
  `CREATE TABLE station.credentials (
    driver_id text NOT NULL REFERENCES station.drivers, credential text NOT NULL, valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL, issuer text NOT NULL, recalled_at timestamptz, PRIMARY KEY (driver_id, credential, valid_from))`,
];

const trucks = [
  `CREATE TABLE station.trucks (
    plate text PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas, plate_colour text NOT NULL, licence_required text NOT NULL,
    trailer_plate text, carrier_id text, seal_number text,
    custodian_kind text CHECK (custodian_kind IN ('driver', 'station', 'enterprise')), custodian_id text, custody_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CHECK ((custodian_kind IS NULL) = (custodian_id IS NULL))) WITH (fillfactor = 70)`,
  `CREATE UNIQUE INDEX trucks_one_per_driver ON station.trucks (custodian_id) WHERE custodian_kind = 'driver'`,
  `CREATE TABLE station.runs (
    run_id uuid PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas, zone_id text, plate text NOT NULL REFERENCES station.trucks,
    direction text NOT NULL CHECK (direction IN ('in_first', 'out_first', 'one_way')), driver_id text NOT NULL,
    brought_by_driver_id text, state text NOT NULL CHECK (state IN ('open', 'closed')), how text,
    into_zone_visit_id uuid, out_of_zone_visit_id uuid, opened_at timestamptz NOT NULL, due_back_at timestamptz, closed_at timestamptz,
    overdue_at timestamptz, return_driver_id text, wait text, version integer NOT NULL DEFAULT 1) WITH (fillfactor = 70)`,
  `CREATE UNIQUE INDEX runs_one_open_per_plate ON station.runs (plate) WHERE state = 'open'`,
];

const work = [
  `CREATE TABLE station.visits (
    visit_id uuid PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas, station_code text NOT NULL REFERENCES station.stations,
    zone_id text NOT NULL REFERENCES station.zones, plate text NOT NULL REFERENCES station.trucks, flow text NOT NULL CHECK (flow IN ('into_zone', 'out_of_zone')),
    carrier_id text, state text NOT NULL CHECK (state IN ('announced', 'arrived', 'departed', 'cancelled', 'retracted')),
    priority integer NOT NULL DEFAULT 0, due_at timestamptz, expected_at timestamptz, arrived_at timestamptz, departed_at timestamptz,
    outcome text, run_id uuid, consignments jsonb NOT NULL DEFAULT '[]',
    ticket_no text, queue text, queued_at timestamptz, called_at timestamptz, called_bay_code text,
    checked boolean, held boolean NOT NULL DEFAULT false, hold_reasons text[] NOT NULL DEFAULT '{}', released_at timestamptz,
    version integer NOT NULL DEFAULT 1) WITH (fillfactor = 70)`,
  `CREATE UNIQUE INDEX visits_one_open_per_plate ON station.visits (plate) WHERE state = 'arrived'`,
  `CREATE INDEX visits_by_station ON station.visits (station_code, state, visit_id)`,
  `CREATE TABLE station.handoffs (
    handoff_id uuid PRIMARY KEY, visit_id uuid NOT NULL REFERENCES station.visits, station_code text NOT NULL, try_no integer NOT NULL,
    state text NOT NULL CHECK (state IN ('requested', 'assigned', 'accepted', 'started', 'completed', 'aborted')),
    ready_at timestamptz NOT NULL, driver_id text, assigned_by text, assignment_no integer NOT NULL DEFAULT 0, decision_id text,
    planned_start_at timestamptz, planned_return_at timestamptz, bay_code text, started_at timestamptz, custody_at timestamptz,
    authorisation jsonb, evidence jsonb, abort_reason text, version integer NOT NULL DEFAULT 1) WITH (fillfactor = 70)`,
  `CREATE UNIQUE INDEX handoffs_one_live_per_visit ON station.handoffs (visit_id) WHERE state NOT IN ('completed', 'aborted')`,
  `CREATE UNIQUE INDEX handoffs_one_live_per_driver ON station.handoffs (driver_id) WHERE state IN ('assigned', 'accepted', 'started')`,
  `CREATE UNIQUE INDEX handoffs_one_per_bay ON station.handoffs (station_code, bay_code) WHERE state = 'started'`,
  `CREATE INDEX handoffs_by_visit ON station.handoffs (visit_id, try_no)`,
  `CREATE TABLE station.exceptions (
    exception_id uuid PRIMARY KEY, area_code text NOT NULL, subject text NOT NULL, visit_id uuid, run_id uuid, code text NOT NULL, owner text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'resolved')), opened_at timestamptz NOT NULL, due_at timestamptz, resolved_at timestamptz,
    resolution text)`,
  `CREATE INDEX exceptions_by_subject ON station.exceptions (subject)`,
];

const housekeeping = [
  `CREATE FUNCTION station.exactly_one(changed bigint) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    IF changed <> 1 THEN RAISE EXCEPTION 'expected to change one row, not %', changed USING ERRCODE = 'YZ001'; END IF;
  END $$`,
  `CREATE TABLE station.ticket_counters (
    station_code text NOT NULL, day date NOT NULL, queue text NOT NULL, last integer NOT NULL, PRIMARY KEY (station_code, day, queue))`,
  `CREATE TABLE station.timers (
    kind text NOT NULL, ref text NOT NULL, due_at timestamptz NOT NULL, PRIMARY KEY (kind, ref))`,
  `CREATE INDEX timers_due ON station.timers (due_at, kind, ref)`,
  // As it was written, so that the same request gets the same answer byte for byte: jsonb would sort its fields.
  `CREATE TABLE station.requests (
    caller text NOT NULL, key text NOT NULL, hash text NOT NULL, answer json NOT NULL, answered_at timestamptz NOT NULL, PRIMARY KEY (caller, key))`,
];
