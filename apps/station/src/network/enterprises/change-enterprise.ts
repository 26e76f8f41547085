import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import type { Readiness } from './enterprise.js';
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

interface Changed {
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
      const [after] = await tx.rows<Changed>(updateEnterprise, values);
      if (!after) {
        throw new Problem('not_found', 'ENTERPRISE.NOT_FOUND', `no enterprise ${enterpriseId}`, { enterpriseId });
      }
      if (capacityPercent !== undefined) await tx.rows(reportCapacity, [enterpriseId, change.at, capacityPercent]);
      const { areaCode, readiness, version } = after;
      const data = {
        enterpriseId,
        priority: after.priority,
        ...(after.stopsLineAt === null ? {} : { stopsLineAt: toIso(after.stopsLineAt) }),
        ...(capacityPercent === undefined ? {} : { capacityPercent }),
      };
      const subject = `enterprise/${enterpriseId}`;
      return {
        events: [newEvent({ name: 'enterprise.changed', subject, areaCode, time: change.at, data })],
        answer: { enterpriseId, areaCode, readiness, version },
      };
    });
  }
}

const updateEnterprise = `
  UPDATE station.enterprises
  SET priority = coalesce($2, priority),
      stops_line_at = CASE WHEN $3 THEN to_timestamp($4::double precision / 1000) ELSE stops_line_at END, version = version + 1
  WHERE enterprise_id = $1
  RETURNING area_code AS "areaCode", readiness, priority, stops_line_at AS "stopsLineAt", version`;

const reportCapacity = `
  INSERT INTO station.capacity_reports (enterprise_id, reported_at, capacity_percent)
  VALUES ($1, to_timestamp($2::double precision / 1000), $3)
  ON CONFLICT (enterprise_id, reported_at) DO UPDATE SET capacity_percent = EXCLUDED.capacity_percent`;
