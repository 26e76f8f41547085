import { Injectable } from '@nestjs/common';
import type { PolicyRef } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import type { PolicyRules } from '@yizhan/policy';

/** The rules of published policies. A version never changes, so each is read once per process. */
@Injectable()
export class Policies {
  readonly #known = new Map<string, PolicyRules>();

  /** Those of the newest active zone that the station serves; undefined where it serves none. */
  async ofStation(tx: Transaction, stationCode: string): Promise<PolicyRules | undefined> {
    const [zone] = await tx.rows<{ areaCode: string; id: string; version: string }>(policyOfStation, [stationCode]);
    return zone && this.rules(tx, zone.areaCode, zone);
  }

  async rules(tx: Transaction, areaCode: string, policy: PolicyRef): Promise<PolicyRules> {
    const key = JSON.stringify([areaCode, policy.id, policy.version]);
    const known = this.#known.get(key);
    if (known) return known;
    const [row] = await tx.rows<{ rules: PolicyRules }>(
      'SELECT rules FROM station.policies WHERE area_code = $1 AND policy_id = $2 AND version = $3',
      [areaCode, policy.id, policy.version],
    );
    if (!row)
      throw new Error(`policy ${policy.id} ${policy.version} of area ${areaCode} is in force but not published`);
    this.#known.set(key, row.rules);
    return row.rules;
  }
}

const policyOfStation = `
  SELECT z.area_code AS "areaCode", z.policy_id AS id, z.policy_version AS version
  FROM station.stations s JOIN station.zones z ON z.zone_id = ANY (s.zone_ids) OR s.station_code = ANY (z.station_codes)
  WHERE s.station_code = $1 AND z.state = 'active' ORDER BY z.starts_at DESC, z.zone_id LIMIT 1`;
