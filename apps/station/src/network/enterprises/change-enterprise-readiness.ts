import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { assertReadinessFollows, enterpriseNotFound, type Readiness, readinessFacts } from './enterprise.js';
import type { EnterpriseAnswer } from './register-enterprise.js';

export interface ChangeEnterpriseReadinessInput {
  readonly enterpriseId: string;
  readonly readiness: Readiness;
}

/** Records how far an enterprise is: willing, ready, activated or ended. */
@Injectable()
export class ChangeEnterpriseReadiness {
  constructor(private readonly changes: Changes) {}

  execute(
    request: StationRequest,
    { enterpriseId, readiness }: ChangeEnterpriseReadinessInput,
  ): Promise<EnterpriseAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const [row] = await tx.rows<{ area_code: string; readiness: Readiness }>(lockEnterprise, [enterpriseId]);
      if (!row) {
        throw enterpriseNotFound(enterpriseId);
      }
      assertReadinessFollows(row.readiness, readiness);
      const { version } = await tx.one<{ version: number }>(updateReadiness, [enterpriseId, readiness]);
      const areaCode = row.area_code;
      const subject = `enterprise/${enterpriseId}`;
      const data = readinessFacts(enterpriseId, readiness);
      return {
        events: [newEvent({ name: 'enterprise.readiness_changed', subject, areaCode, time: change.at, data })],
        answer: { enterpriseId, areaCode, readiness, version },
      };
    });
  }
}

const lockEnterprise = `SELECT area_code, readiness FROM station.enterprises WHERE enterprise_id = $1 FOR UPDATE`;

const updateReadiness = `
  UPDATE station.enterprises SET readiness = $2, version = version + 1 WHERE enterprise_id = $1 RETURNING version`;
