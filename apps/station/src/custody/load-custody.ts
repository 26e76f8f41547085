import type { Party } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import type { PolicyRules } from '@yizhan/policy';
import { conflict } from '../cases/problems.js';
import { truckOfRow } from '../cases/rows.js';
import { together } from '../changes/together.js';
import type { Now, TruckCase } from '../cases/truck-case.js';
import type { TruckCases } from '../cases/truck-cases.js';
import { loadDriverFacts, type LockedDriver } from '../drivers/driver-facts.repository.js';
import { type LockedTruck, lockTruck } from '../visits/load-gate.js';
import type { TrackedTruck } from './truck.js';

/** What is asked where a truck changes hands without a swap. */
export interface CustodyCase {
  /** Where the truck is on a visit. */
  readonly atStation: TruckCase | undefined;
  readonly truck: TrackedTruck | undefined;
  /** Who takes it, locked, where he is a driver. */
  readonly taker: LockedDriver | undefined;
  readonly fromIsKnown: boolean;
  readonly toIsKnown: boolean;
  readonly placeIsStation: boolean;
  /** Of the truck; of the enterprise that gives it away where the truck is not tracked. */
  readonly areaCode: string;
  /** Of the enterprise that gives it away; null where it lies in none. */
  readonly fromZoneId: string | null;
  /** The last that we saw of it was how it left, away from the zone. */
  readonly wentOut: boolean;
  /** Of the zone that the taker lives in. */
  readonly rules: PolicyRules | undefined;
}

interface Named {
  readonly plate: string;
  readonly from: Party;
  readonly to: Party;
  readonly place: string;
}

interface Parties {
  readonly fromIsKnown: boolean;
  readonly toIsKnown: boolean;
  readonly placeIsStation: boolean;
  readonly areaCode: string | null;
  readonly fromZoneId: string | null;
  readonly wentOut: boolean;
  readonly openVisitId: string | null;
}

interface PolicyRow {
  readonly areaCode: string;
  readonly policyId: string;
  readonly policyVersion: string;
}

/** Locks the visit, the truck and the driver who takes it, in this order. */
export async function loadCustody(
  tx: Transaction,
  now: Now,
  cases: TruckCases,
  { plate, from, to, place }: Named,
): Promise<CustodyCase> {
  const [atStation, [row], taker, [parties], [policy]] = await together<
    [TruckCase | undefined, LockedTruck[], LockedDriver | undefined, Parties[], PolicyRow[]]
  >([
    cases.ofPlate(plate)(tx, now),
    tx.rows<LockedTruck>(lockTruck, [plate]),
    to.kind === 'driver' ? loadDriverFacts(tx, to.id) : Promise.resolve(undefined),
    tx.rows<Parties>(readParties, [from.kind, from.id, to.kind, to.id, place, plate]),
    tx.rows<PolicyRow>(readPolicy, [to.kind === 'driver' ? to.id : null]),
  ]);
  if (!atStation && parties?.openVisitId) {
    throw conflict('STATE.CHANGED_MEANWHILE', `truck ${plate} has just arrived at a station: read it again`, { plate });
  }
  const truck = row && truckOfRow(row.truck);
  return {
    atStation,
    truck,
    taker,
    fromIsKnown: parties?.fromIsKnown ?? false,
    toIsKnown: parties?.toIsKnown ?? false,
    placeIsStation: parties?.placeIsStation ?? false,
    areaCode: (truck?.custodian ? truck.areaCode : (parties?.areaCode ?? truck?.areaCode)) ?? '',
    fromZoneId: parties?.fromZoneId ?? null,
    wentOut: parties?.wentOut ?? false,
    rules:
      policy &&
      (await cases.policies.rules(tx, policy.areaCode, { id: policy.policyId, version: policy.policyVersion })),
  };
}

const isKnown = (kind: string, id: string) => `CASE ${kind}::text
  WHEN 'driver' THEN EXISTS (SELECT FROM station.drivers d WHERE d.driver_id = ${id})
  WHEN 'station' THEN EXISTS (SELECT FROM station.stations s WHERE s.station_code = ${id})
  ELSE EXISTS (SELECT FROM station.enterprises e WHERE e.enterprise_id = ${id}) END`;

const readParties = `
  SELECT ${isKnown('$1', '$2::text')} AS "fromIsKnown", ${isKnown('$3', '$4::text')} AS "toIsKnown",
         EXISTS (SELECT FROM station.stations s WHERE s.station_code = $5) AS "placeIsStation",
         (SELECT e.area_code FROM station.enterprises e WHERE $1 = 'enterprise' AND e.enterprise_id = $2) AS "areaCode",
         (SELECT e.zone_id FROM station.enterprises e WHERE $1 = 'enterprise' AND e.enterprise_id = $2) AS "fromZoneId",
         $1 = 'enterprise' AND coalesce((
           SELECT (v.flow = 'out_of_zone') = (v.outcome IN ('swapped', 'no_swap_needed'))
             AND NOT EXISTS (SELECT FROM station.runs r WHERE r.plate = v.plate AND r.opened_at > v.departed_at)
           FROM station.visits v WHERE v.plate = $6 AND v.state = 'departed'
           ORDER BY v.departed_at DESC LIMIT 1), false) AS "wentOut",
         (SELECT v.visit_id FROM station.visits v WHERE v.plate = $6 AND v.state = 'arrived') AS "openVisitId"`;

const readPolicy = `
  SELECT z.area_code AS "areaCode", z.policy_id AS "policyId", z.policy_version AS "policyVersion"
  FROM station.drivers d JOIN station.zones z ON z.zone_id = d.inside_zone_id WHERE d.driver_id = $1`;
