import type { AlertLevel, AlertRule } from './alert-rule.js';
import { alertRule } from './alert-rules.js';
import { isQuiet, quietUntil } from './quiet-hours.js';
import type { Reading } from './readings.js';

/** An alert that stands. Instants are epoch milliseconds. */
export interface StandingAlert extends Reading {
  readonly alertId: string;
  readonly level: AlertLevel;
  readonly openedAt: number;
  /** When it came to its level, by opening or by growing worse. */
  readonly raisedAt: number;
  readonly acknowledgedAt: number | null;
  /** Subject of the token of who is at it. */
  readonly acknowledgedBy: string | null;
  /** The last acknowledgement from before it grew worse. */
  readonly acknowledgedBeforeAt: number | null;
  readonly acknowledgedBeforeBy: string | null;
  readonly escalatedAt: number | null;
}

/** What a look at an area changes. */
export interface AlertsAfter {
  readonly opened: readonly StandingAlert[];
  /** Those that go on, as they are now. */
  readonly standing: readonly StandingAlert[];
  readonly resolved: readonly StandingAlert[];
}

/** The level of a value, where the alert had a level before: see `Threshold`. */
export function levelAfter(
  { warn, critical }: Pick<AlertRule, 'warn' | 'critical'>,
  before: AlertLevel | undefined,
  value: number,
): AlertLevel | undefined {
  if (value >= critical.at || (before === 'critical' && value >= critical.until)) return 'critical';
  if (value >= warn.at || (before !== undefined && value >= warn.until)) return 'warn';
  return undefined;
}

/** The alerts of an area after a look at it: of each cause at most one. Depends on nothing but what is handed in. */
export function alertsAfter(
  before: readonly StandingAlert[],
  readings: readonly Reading[],
  at: number,
  newId: (key: string) => string,
): AlertsAfter {
  const byKey = new Map(before.map((alert) => [alert.key, alert]));
  const opened: StandingAlert[] = [];
  const standing: StandingAlert[] = [];
  for (const reading of readings) {
    const alert = byKey.get(reading.key);
    const level = levelAfter(alertRule(reading.rule), alert?.level, reading.value);
    if (level === undefined) continue;
    if (alert) standing.push(escalated(atLevel(alert, reading, level, at), at));
    else opened.push(openedBy(reading, level, at, newId(reading.key)));
  }
  const kept = new Set(standing.map(({ key }) => key));
  return { opened, standing, resolved: before.filter(({ key }) => !kept.has(key)) };
}

const openedBy = (reading: Reading, level: AlertLevel, at: number, alertId: string): StandingAlert => ({
  ...reading,
  alertId,
  level,
  openedAt: at,
  raisedAt: at,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedBeforeAt: null,
  acknowledgedBeforeBy: null,
  escalatedAt: null,
});

/** Who was at a warning may not know how bad it has become: it is nobody's again, and says who was at it before. */
function atLevel(alert: StandingAlert, reading: Reading, level: AlertLevel, at: number): StandingAlert {
  if (alert.level === 'critical' || level === 'warn') return { ...alert, ...reading, level };
  return {
    ...alert,
    ...reading,
    level,
    raisedAt: at,
    acknowledgedAt: null,
    acknowledgedBy: null,
    acknowledgedBeforeAt: alert.acknowledgedAt ?? alert.acknowledgedBeforeAt,
    acknowledgedBeforeBy: alert.acknowledgedBy ?? alert.acknowledgedBeforeBy,
    escalatedAt: null,
  };
}

function escalated(alert: StandingAlert, at: number): StandingAlert {
  const { rule, level, raisedAt, acknowledgedAt, escalatedAt } = alert;
  if (acknowledgedAt !== null || escalatedAt !== null || isQuiet(level, at)) return alert;
  // Who was not to hear of it at night has his whole time from the morning.
  const isLate = at >= quietUntil(level, raisedAt) + alertRule(rule).escalatesAfterSeconds[level] * 1000;
  return isLate ? { ...alert, escalatedAt: at } : alert;
}
