import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A carrier's role sees the rows of the carrier that a transaction names; the service sees all of them, as before. */
export class ShowCarriersTheirOwn1764500001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT USAGE ON SCHEMA station TO yizhan_carrier');
    // What every carrier may know of the network.
    await runner.query(
      'GRANT SELECT ON station.areas, station.stations, station.zones, station.policies, station.report_templates TO yizhan_carrier',
    );
    for (const [table, isOwn] of Object.entries(own)) {
      await runner.query(`GRANT SELECT ON station.${table} TO yizhan_carrier`);
      await runner.query(`CREATE POLICY services ON station.${table} TO yizhan_station USING (true) WITH CHECK (true)`);
      await runner.query(`CREATE POLICY carriers ON station.${table} FOR SELECT TO yizhan_carrier USING (${isOwn})`);
      await runner.query(`ALTER TABLE station.${table} ENABLE ROW LEVEL SECURITY`);
    }
    await runner.query(bodies);
    await runner.query('GRANT SELECT ON station.truck_bodies TO yizhan_carrier');
    await runner.query(eventsOfVisits);
    // Written when a visit is over, as those of the station's own reports.
    await runner.query(
      `CREATE INDEX visits_departed_of_carrier ON station.visits (carrier_id, departed_at, visit_id) WHERE state = 'departed'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX station.visits_departed_of_carrier');
    await runner.query('DROP POLICY events_of_visits ON event_log.entries');
    await runner.query('DROP VIEW station.truck_bodies');
    for (const table of Object.keys(own)) {
      await runner.query(`ALTER TABLE station.${table} DISABLE ROW LEVEL SECURITY`);
      await runner.query(`DROP POLICY services ON station.${table}`);
      await runner.query(`DROP POLICY carriers ON station.${table}`);
    }
    await runner.query('REVOKE SELECT ON ALL TABLES IN SCHEMA station FROM yizhan_carrier');
    await runner.query('REVOKE USAGE ON SCHEMA station FROM yizhan_carrier');
  }
}

const isCarrier = `carrier_id = current_setting('yizhan.carrier_id', true)`;
/** Of a truck or visit that the carrier's role sees: the policy of that table holds within this one. */
const hasTruck = (table: string) => `EXISTS (SELECT FROM station.trucks t WHERE t.plate = ${table}.plate)`;

const own = {
  carriers: isCarrier,
  trucks: isCarrier,
  visits: isCarrier,
  handoffs: 'EXISTS (SELECT FROM station.visits v WHERE v.visit_id = handoffs.visit_id)',
  runs: hasTruck('runs'),
  passes: hasTruck('passes'),
};

// An announced truck is the carrier's only when it has come in: of who else's it may be, the sheet of announcements shows its body.
const bodies = `CREATE VIEW station.truck_bodies AS
  SELECT plate, plate_colour, licence_required, trailer_plate FROM station.trucks`;

// What the scheduler says of a visit names no carrier.
const eventsOfVisits = `
  CREATE POLICY events_of_visits ON event_log.entries FOR SELECT TO yizhan_carrier
  USING (CASE
    WHEN starts_with(document, '{"carrierid":') THEN false
    WHEN correlation_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
      EXISTS (SELECT FROM station.visits v WHERE v.visit_id = correlation_id::uuid)
    ELSE false END)`;
