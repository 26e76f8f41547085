import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { requireArea } from '../areas/area.repository.js';
import { type Readiness, readinessFacts } from './enterprise.js';
import { requireZone } from '../zones/zone.repository.js';

export interface RegisterEnterpriseInput {
  readonly enterpriseId: string;
  readonly areaCode: string;
  readonly zoneId?: string;
  readonly name: string;
  /** 0 (usual) to 9; higher goes first. */
  readonly priority?: number;
}

export interface EnterpriseAnswer {
  readonly enterpriseId: string;
  readonly areaCode: string;
  readonly readiness: Readiness;
  readonly version: number;
}

/** Makes an enterprise known, willing to ship or receive. */
@Injectable()
export class RegisterEnterprise {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: RegisterEnterpriseInput): Promise<EnterpriseAnswer> {
    const { enterpriseId, areaCode, zoneId } = input;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await requireArea(tx, areaCode);
      if (zoneId !== undefined) await requireZone(tx, zoneId, areaCode);
      const made = await tx.rows(insertEnterprise, [
        enterpriseId,
        areaCode,
        zoneId ?? null,
        input.name,
        input.priority ?? 0,
      ]);
      if (made.length === 0) {
        throw new Problem(
          'conflict',
          'ENTERPRISE.ALREADY_REGISTERED',
          `the enterprise ${enterpriseId} is registered already`,
        );
      }
      const data = readinessFacts(enterpriseId, 'willing');
      const subject = `enterprise/${enterpriseId}`;
      return {
        events: [newEvent({ name: 'enterprise.readiness_changed', subject, areaCode, time: change.at, data })],
        answer: { enterpriseId, areaCode, readiness: 'willing', version: 1 },
      };
    });
  }
}

const insertEnterprise = `
  INSERT INTO station.enterprises (enterprise_id, area_code, zone_id, name, readiness, priority)
  VALUES ($1, $2, $3, $4, 'willing', $5) ON CONFLICT DO NOTHING RETURNING enterprise_id`;
