import { Injectable } from '@nestjs/common';
import { Clock, Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { acknowledgeAlert, readAlert } from './alerts.sql.js';
import type { AlertResponse } from './alerts.dto.js';
import { type AlertRow, shownAlert } from './alerts.reader.js';

export interface AcknowledgeAlertInput {
  readonly areaCode: string;
  readonly alertId: string;
  /** Subject of the token of who is at it. */
  readonly byId: string;
}

/** Somebody is at it: it is not escalated at this level any more. Who says so again is answered as before. */
@Injectable()
export class AcknowledgeAlert {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `ALERT.NOT_FOUND`; `ALERT.RESOLVED` where its cause is gone; `ALERT.ALREADY_ACKNOWLEDGED` where somebody else
   * is at it.
   */
  async execute({ areaCode, alertId, byId }: AcknowledgeAlertInput): Promise<AlertResponse> {
    const now = this.clock.now();
    const [acknowledged] = await this.database.rows<AlertRow>(acknowledgeAlert, [alertId, areaCode, now, byId]);
    if (acknowledged) return shownAlert(acknowledged, now);
    const [alert] = await this.database.rows<AlertRow>(readAlert, [alertId, areaCode]);
    if (!alert) throw new Problem('not_found', 'ALERT.NOT_FOUND', `there is no alert ${alertId} in area ${areaCode}`);
    if (alert.acknowledgedBy === byId) return shownAlert(alert, now);
    if (alert.resolvedAt !== null) {
      throw new Problem('illegal_state', 'ALERT.RESOLVED', 'its cause is gone: there is nothing left to acknowledge');
    }
    const message = `${String(alert.acknowledgedBy)} has acknowledged it already`;
    throw new Problem('illegal_state', 'ALERT.ALREADY_ACKNOWLEDGED', message);
  }
}
