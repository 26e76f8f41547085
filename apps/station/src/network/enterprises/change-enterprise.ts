import { Injectable } from '@nestjs/common';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { enterpriseNotFound, type Readiness } from './enterprise.js';
import type { EnterpriseAnswer } from './register-enterprise.js';

/** What is not named stays as it is. */
export interface ChangeEnterpriseInput {
  readonly enterpriseId: string;
  /** 0 (usual) to 9; higher goes first. */
  readonly priority?: number;
  /** When its line stops without the goods that it waits for; null: it does not. */
  readonly stopsLineAt?: number | null;
  /** How much of its usual output it keeps up. */
  readonly capacityPercent?: number;
}

export interface ChangedEnterprise {
  readonly enterpriseId: string;
  readonly areaCode: string;
  readonly readiness: Readiness;
  readonly priority: number;
  readonly stopsLineAt: number | null;
  readonly version: number;
}

/** Records how urgent an enterprise's goods are, and how much it keeps up. */
@Injectable()
export class ChangeEnterprise {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: ChangeEnterpriseInput): Promise<EnterpriseAnswer> {
    const { enterpriseId, priority, stopsLineAt, capacityPercent } = input;
    if (priority === undefined && stopsLineAt === undefined && capacityPercent === undefined) {
      throw new Problem('invalid', 'ENTERPRISE.NOTHING_CHANGES', 'name at least one thing that changes');
    }
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const values = [enterpriseId, priority ?? null, stopsLineAt !== undefined, stopsLineAt ?? null];
      const [after] = await tx.rows<ChangedEnterprise>(updateEnterprise, values);
      if (!after) {
        throw enterpriseNotFound(enterpriseId);
      }
      if (capacityPercent !== undefined) {
        await tx.rows(reportCapacities, [JSON.stringify([{ enterpriseId, capacityPercent }]), change.at]);
      }
      const { areaCode, readiness, version } = after;
      return {
        events: [eventOfChange(after, change.at, capacityPercent)],
        answer: { enterpriseId, areaCode, readiness, version },
      };
    });
  }
}

/** @param capacityPercent where it has said how much it keeps up */
export function eventOfChange(after: ChangedEnterprise, time: number, capacityPercent?: number): NewEvent {
  const { enterpriseId, areaCode, priority, stopsLineAt } = after;
  return newEvent({
    name: 'enterprise.changed',
    subject: `enterprise/${enterpriseId}`,
    areaCode,
    time,
    data: {
      enterpriseId,
      priority,
      ...(stopsLineAt === null ? {} : { stopsLineAt: toIso(stopsLineAt) }),
      ...(capacityPercent === undefined ? {} : { capacityPercent }),
    },
  });
}

/** Of a list of changes as JSON, instants as epoch milliseconds; what is not named stays. */
export const changeEnterprises = `
  UPDATE station.enterprises e
  SET priority = coalesce(r.priority, e.priority),
      stops_line_at = coalesce(to_timestamp(r."stopsLineAt" / 1000), e.stops_line_at), version = e.version + 1
  FROM json_to_recordset($1) AS r("enterpriseId" text, priority integer, "stopsLineAt" double precision)
  WHERE e.enterprise_id = r."enterpriseId"
  RETURNING e.enterprise_id AS "enterpriseId", e.area_code AS "areaCode", e.readiness, e.priority,
    e.stops_line_at AS "stopsLineAt", e.version`;

/** Of a list of reports as JSON. */
export const reportCapacities = `
  INSERT INTO station.capacity_reports (enterprise_id, reported_at, capacity_percent)
  SELECT "enterpriseId", to_timestamp($2::double precision / 1000), "capacityPercent"
  FROM json_to_recordset($1) AS r("enterpriseId" text, "capacityPercent" double precision)
  ON CONFLICT (enterprise_id, reported_at) DO UPDATE SET capacity_percent = EXCLUDED.capacity_percent`;

const updateEnterprise = `
  UPDATE station.enterprises
  SET priority = coalesce($2, priority),
      stops_line_at = CASE WHEN $3 THEN to_timestamp($4::double precision / 1000) ELSE stops_line_at END, version = version + 1
  WHERE enterprise_id = $1
  RETURNING enterprise_id AS "enterpriseId", area_code AS "areaCode", readiness, priority, stops_line_at AS "stopsLineAt", version`;
