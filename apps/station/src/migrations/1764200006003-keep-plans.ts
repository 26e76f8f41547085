import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plans with their templates, what they have opened, their reports; and who is on duty where and when. */
export class KeepPlans1764200006003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE station.plans (
      plan_id text PRIMARY KEY, area_code text NOT NULL REFERENCES station.areas,
      state text NOT NULL CHECK (state IN ('draft', 'active', 'ended')), template_version integer NOT NULL,
      activated_at timestamptz, ended_at timestamptz, opened jsonb, report jsonb, version integer NOT NULL DEFAULT 1)`);
    await runner.query(`CREATE TABLE station.plan_templates (
      plan_id text NOT NULL REFERENCES station.plans, template_version integer NOT NULL, template jsonb NOT NULL,
      stored_at timestamptz NOT NULL, PRIMARY KEY (plan_id, template_version))`);
    await runner.query(`CREATE TABLE station.duties (
      duty_id uuid PRIMARY KEY, plan_id text REFERENCES station.plans, area_code text NOT NULL REFERENCES station.areas,
      station_code text NOT NULL REFERENCES station.stations, role text NOT NULL CHECK (role IN ('lead', 'operator', 'driver')),
      person_id text NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
      state text NOT NULL CHECK (state IN ('planned', 'started', 'cancelled')))`);
    await runner.query(`CREATE INDEX duties_by_station ON station.duties (station_code, starts_at)`);
    await runner.query(`CREATE INDEX duties_by_person ON station.duties (person_id, starts_at)`);
    await runner.query(`CREATE TABLE station.capacity_reports (
      enterprise_id text NOT NULL REFERENCES station.enterprises, reported_at timestamptz NOT NULL,
      capacity_percent double precision NOT NULL, PRIMARY KEY (enterprise_id, reported_at))`);
    await runner.query(`CREATE INDEX duties_of_plan ON station.duties (plan_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE station.capacity_reports, station.duties, station.plan_templates, station.plans');
  }
}
