import { Injectable } from '@nestjs/common';
import { type Page, pageOf, uuidPattern } from '@yizhan/http';
import { Clock, parseInstant, Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { StandingAlert } from './alert.js';
import { alertRule } from './alert-rules.js';
import { listAlerts } from './alerts.sql.js';
import type { AlertResponse, AlertsQuery } from './alerts.dto.js';
import { isQuiet } from './quiet-hours.js';

/** An alert as it is stored. */
export interface AlertRow extends StandingAlert {
  readonly areaCode: string;
  readonly resolvedAt: number | null;
}

/** Whose alerts: those of all stations, and of the area as a whole, where stations are not named. */
export interface AlertsScope {
  readonly areaCode: string;
  readonly stations?: readonly string[] | undefined;
}

/** Alerts of an area, the newest first. */
@Injectable()
export class Alerts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list({ areaCode, stations }: AlertsScope, query: AlertsQuery): Promise<Page<AlertResponse>> {
    const { stationCode, state, level, rule, limit } = query;
    const codes =
      stationCode === undefined ? stations : (stations ?? [stationCode]).filter((code) => code === stationCode);
    const [openedAt, alertId] = cursorOf(query);
    const rows = await this.database.rows<AlertRow>(listAlerts, [
      areaCode,
      codes ?? null,
      state ?? null,
      level ?? null,
      rule ?? null,
      openedAt,
      alertId,
      limit + 1,
    ]);
    const now = this.clock.now();
    return pageOf(
      rows,
      limit,
      (row) => [toIso(row.openedAt), row.alertId],
      (row) => shownAlert(row, now),
    );
  }
}

function cursorOf(query: AlertsQuery): readonly [number | null, string | null] {
  const keys = query.afterKeys(2);
  if (keys === undefined) return [null, null];
  const [at = '', alertId = ''] = keys;
  const openedAt = parseInstant(at);
  if (openedAt !== undefined && uuidPattern.test(alertId)) return [openedAt, alertId];
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}

/** An alert as it is shown at an instant, epoch milliseconds. */
export function shownAlert(row: AlertRow, now: number): AlertResponse {
  const { rule, level, openedAt, raisedAt, acknowledgedAt, acknowledgedBy, ...rest } = row;
  const { acknowledgedBeforeAt, acknowledgedBeforeBy, escalatedAt, resolvedAt, ...others } = rest;
  const { unit, counts, [level]: threshold } = alertRule(rule);
  return {
    ...others,
    rule,
    level,
    state: resolvedAt === null ? 'open' : 'resolved',
    unit,
    counts,
    threshold: threshold.at,
    openedAt: toIso(openedAt),
    raisedAt: toIso(raisedAt),
    ...(acknowledgedAt !== null && { acknowledgedAt: toIso(acknowledgedAt) }),
    ...(acknowledgedBy !== null && { acknowledgedBy }),
    ...(acknowledgedBeforeAt !== null && { acknowledgedBeforeAt: toIso(acknowledgedBeforeAt) }),
    ...(acknowledgedBeforeBy !== null && { acknowledgedBeforeBy }),
    ...(escalatedAt !== null && { escalatedAt: toIso(escalatedAt) }),
    ...(resolvedAt !== null && { resolvedAt: toIso(resolvedAt) }),
    isQuiet: isQuiet(level, now),
  };
}
