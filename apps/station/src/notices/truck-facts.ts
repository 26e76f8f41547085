import type { Transaction } from '@yizhan/persistence';
import type { Telling, TruckFacts } from './truck-notices.js';

/** What is known now of the truck that something is told about; undefined where it is gone. */
export async function loadTruckFacts(tx: Transaction, { subject }: Telling): Promise<TruckFacts | undefined> {
  const [facts] = await tx.rows<TruckFacts>(subject.kind === 'visit' ? factsOfVisit : factsOfRun, [subject.id]);
  return facts;
}

/** Those of the persons of whom a phone is known: nobody else is written to. */
const reachable = (...persons: string[]): string => `
  ARRAY(SELECT person_id FROM station.personal_data WHERE field = 'phone' AND person_id IN (${persons.join(', ')}))`;

const factsOfVisit = `
  SELECT v.area_code AS "areaCode", v.station_code AS "stationCode", s.name AS "stationName", v.plate,
         CASE WHEN v.state = 'announced'
           THEN ARRAY(SELECT DISTINCT a.owner FROM station.attachments a WHERE a.owner = 'gate:' || v.visit_id)
           ELSE ${reachable(`CASE WHEN t.custodian_kind = 'driver' THEN 'driver:' || t.custodian_id END`)} END AS "atTheWheel",
         ARRAY[]::text[] AS "takesOver", ${reachable(`'carrier:' || v.carrier_id`)} AS carrier,
         NULL::timestamptz AS "dueBackAt"
  FROM station.visits v JOIN station.stations s ON s.station_code = v.station_code JOIN station.trucks t ON t.plate = v.plate
  WHERE v.visit_id = $1`;

const factsOfRun = `
  SELECT r.area_code AS "areaCode", v.station_code AS "stationCode", s.name AS "stationName", r.plate,
         ARRAY[]::text[] AS "atTheWheel",
         ${reachable(`'driver:' || coalesce(r.return_driver_id, r.brought_by_driver_id)`)} AS "takesOver",
         ${reachable(`'carrier:' || t.carrier_id`)} AS carrier, r.due_back_at AS "dueBackAt"
  FROM station.runs r JOIN station.trucks t ON t.plate = r.plate JOIN station.visits v ON v.visit_id = r.into_zone_visit_id
  JOIN station.stations s ON s.station_code = v.station_code
  WHERE r.run_id = $1 AND r.state = 'open' AND r.out_of_zone_visit_id IS NULL`;
