import { Injectable } from '@nestjs/common';
import type { Flow, PolicyRef } from '@yizhan/contracts';
import { Database } from '@yizhan/persistence';
import { checkTemplate, type PolicyRules } from '@yizhan/policy';
import { notFound } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { uuid } from '../cases/load-case.js';
import { flows } from '../cases/truck.dto.js';
import type { CheckTemplateResponse, StationChecksResponse } from './checks.dto.js';

interface InForce {
  readonly policy: PolicyRef;
  readonly rules: PolicyRules;
}

interface Inspected extends InForce {
  readonly flow: Flow;
  readonly sealNumber: string | null;
}

/** What is to be inspected of a truck, by the policy in force where it is. */
@Injectable()
export class CheckTemplates {
  constructor(private readonly database: Database) {}

  /** @throws Problem `not_found`. */
  async ofVisit(visitId: string): Promise<CheckTemplateResponse> {
    const [inspected] = await this.database.rows<Inspected>(readInspected, [uuid(visitId)]);
    if (!inspected) throw notFound('visit', visitId);
    const { flow, policy, rules, sealNumber } = inspected;
    return { visitId, flow, policy, items: checkTemplate(rules, flow), ...given({ sealNumber }) };
  }

  /** Of whatever truck may come: for a device that has to go without the service. */
  async ofStation(stationCode: string): Promise<StationChecksResponse> {
    const served = await this.database.rows<InForce & { readonly zoneId: string }>(readServed, [stationCode]);
    const ways = served.flatMap(({ zoneId, policy, rules }) =>
      flows.map((flow) => ({ zoneId, flow, policy, items: checkTemplate(rules, flow) })),
    );
    return { ways };
  }
}

const inForce = `json_build_object('id', p.policy_id, 'version', p.version) AS policy, p.rules`;

const readInspected = `
  SELECT v.flow, ${inForce}, t.seal_number AS "sealNumber"
  FROM station.visits v
  JOIN station.stations s ON s.station_code = v.station_code
  JOIN station.zones z ON z.zone_id = v.zone_id
  JOIN station.policies p ON p.area_code = s.area_code AND p.policy_id = z.policy_id AND p.version = z.policy_version
  JOIN station.trucks t ON t.plate = v.plate
  WHERE v.visit_id = $1`;

const readServed = `
  SELECT z.zone_id AS "zoneId", ${inForce}
  FROM station.stations s
  JOIN station.zones z ON s.station_code = ANY (z.station_codes) AND z.state = 'active'
  JOIN station.policies p ON p.area_code = s.area_code AND p.policy_id = z.policy_id AND p.version = z.policy_version
  WHERE s.station_code = $1 ORDER BY z.zone_id`;
