import { Injectable } from '@nestjs/common';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { enterpriseNotFound } from './enterprise.js';
import type { Described } from './describe-enterprise.js';
import type { EnterpriseAnswer } from './register-enterprise.js';

export interface ReportElectricityInput {
  readonly enterpriseId: string;
  /** Epoch milliseconds. */
  readonly usedFromAt: number;
  readonly usedToAt: number;
  readonly kilowattHours: number;
  /** A day, the mean of the last quarter; above 0. */
  readonly quarterDailyKilowattHours: number;
}

/** Records how much electricity an enterprise used. */
@Injectable()
export class ReportElectricity {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, report: ReportElectricityInput): Promise<EnterpriseAnswer> {
    return this.changes.once(request, async (change) => {
      const [after] = await change.tx.rows<Described>(countReport, [report.enterpriseId]);
      if (!after) throw enterpriseNotFound(report.enterpriseId);
      assertUsed(report, change.at);
      return { events: [eventOfElectricity(report, after.areaCode, change.at)], answer: after };
    });
  }
}

/** @throws Problem `invalid` where it is of no time, of one that is not over, or beside nothing. */
export function assertUsed(report: ReportElectricityInput, now: number): void {
  const { usedFromAt, usedToAt, quarterDailyKilowattHours } = report;
  const fault = (field: string, message: string): Problem =>
    new Problem('invalid', 'ENTERPRISE.NOT_USED', message, { field, enterpriseId: report.enterpriseId });
  if (usedFromAt >= usedToAt) throw fault('usedFromAt', '`usedFromAt` must lie before `usedToAt`');
  if (usedToAt > now) throw fault('usedToAt', '`usedToAt` lies in the future: electricity is reported when it is used');
  if (quarterDailyKilowattHours <= 0) throw fault('quarterDailyKilowattHours', 'must be above 0');
}

export function eventOfElectricity(report: ReportElectricityInput, areaCode: string, time: number): NewEvent {
  const { enterpriseId, usedFromAt, usedToAt, kilowattHours, quarterDailyKilowattHours } = report;
  return newEvent({
    name: 'enterprise.electricity_reported',
    subject: `enterprise/${enterpriseId}`,
    areaCode,
    time,
    data: {
      enterpriseId,
      usedFromAt: toIso(usedFromAt),
      usedToAt: toIso(usedToAt),
      kilowattHours,
      quarterDailyKilowattHours,
    },
  });
}

/** Holds the enterprise, whose events are in one order. */
const countReport = `
  UPDATE station.enterprises SET version = version + 1 WHERE enterprise_id = $1
  RETURNING enterprise_id AS "enterpriseId", area_code AS "areaCode", readiness, version`;
