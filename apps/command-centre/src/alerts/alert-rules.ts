import type { AlertRule, QuietHours, SignOfLife } from './alert-rule.js';

const minute = 60;
const hour = 60 * minute;

const gateToGate = [
  'inside',
  'waiting_for_driver',
  'driver_assigned',
  'swapping',
  'swapped',
  'held',
  'held_by_hand',
  'released',
] as const;
const inQueue = ['queued_outside', 'waiting_for_driver'] as const;
const withoutDriver = ['queued_outside', 'inside', 'waiting_for_driver'] as const;

const soon = { warn: 15 * minute, critical: 5 * minute } as const;
const later = { warn: hour, critical: 15 * minute } as const;

/** Every rule of the command centre. docs/alerts.md is written from it. */
export const alertRules = {
  station_not_open: {
    of: 'station',
    measure: { operator: 'stranded', states: ['queued_outside', ...gateToGate], withinSeconds: 2 * hour },
    unit: 'trucks',
    counts: 'trucks',
    warn: { at: 1, until: 1 },
    critical: { at: 10, until: 8 },
    escalatesAfterSeconds: soon,
    zh: '站点停用而有车',
    en: 'trucks at a station, or due there within two hours, that is suspended or closed',
  },
  station_silent: {
    of: 'station',
    measure: { operator: 'silence', states: ['queued_outside', ...gateToGate] },
    unit: 'seconds',
    counts: 'trucks',
    warn: { at: 30 * minute, until: 30 * minute },
    critical: { at: hour, until: hour },
    escalatesAfterSeconds: soon,
    zh: '站点无动静',
    en: 'nothing was recorded at a station although trucks are there',
  },
  no_drivers: {
    of: 'licence',
    measure: { operator: 'uncovered', flow: 'into_zone', states: withoutDriver, withinSeconds: 2 * hour },
    unit: 'trucks',
    counts: 'trucks',
    warn: { at: 1, until: 1 },
    critical: { at: 3, until: 2 },
    escalatesAfterSeconds: soon,
    zh: '准驾车型无司机',
    en: 'trucks that need, within two hours, a driver of a licence whom nobody on duty will be',
  },
  long_driver_wait: {
    of: 'station',
    measure: { operator: 'longest', story: 'visit', states: ['waiting_for_driver'], from: 'state' },
    unit: 'seconds',
    counts: 'trucks',
    warn: { at: 30 * minute, until: 25 * minute },
    critical: { at: hour, until: 50 * minute },
    escalatesAfterSeconds: later,
    zh: '久等司机',
    en: 'longest wait for a driver',
  },
  long_queue_outside: {
    of: 'station',
    measure: { operator: 'longest', story: 'visit', states: ['queued_outside'], from: 'queued_outside' },
    unit: 'seconds',
    counts: 'trucks',
    warn: { at: hour, until: 50 * minute },
    critical: { at: 2 * hour, until: 100 * minute },
    escalatesAfterSeconds: later,
    zh: '站外久排',
    en: 'longest wait in the queue outside',
  },
  long_dwell: {
    of: 'station',
    measure: { operator: 'longest', story: 'visit', states: gateToGate, from: 'arrived' },
    unit: 'seconds',
    counts: 'trucks',
    warn: { at: 2 * hour, until: 105 * minute },
    critical: { at: 4 * hour, until: 225 * minute },
    escalatesAfterSeconds: later,
    zh: '在站过久',
    en: 'longest time since gate-in',
  },
  crowded: {
    of: 'station',
    measure: { operator: 'per_bay', states: gateToGate },
    unit: 'trucks_per_bay',
    counts: 'trucks',
    warn: { at: 6, until: 5 },
    critical: { at: 10, until: 8 },
    escalatesAfterSeconds: later,
    zh: '站内拥挤',
    en: 'trucks inside for each bay',
  },
  queue_growth: {
    of: 'station',
    measure: { operator: 'growth', states: inQueue, overSeconds: 30 * minute },
    unit: 'trucks',
    counts: 'trucks',
    warn: { at: 10, until: 5 },
    critical: { at: 20, until: 12 },
    escalatesAfterSeconds: later,
    zh: '排队增长',
    en: 'more trucks wait, outside or for a driver, than half an hour ago',
  },
  run_overdue: {
    of: 'area',
    measure: { operator: 'longest', story: 'run', states: ['out', 'overdue'], from: 'due' },
    unit: 'seconds',
    counts: 'trucks',
    warn: { at: 15 * minute, until: 10 * minute },
    critical: { at: 2 * hour, until: 105 * minute },
    escalatesAfterSeconds: later,
    zh: '逾期未归',
    en: 'longest time that a run is over its time',
  },
  webhook_backlog: {
    of: 'area',
    measure: { operator: 'undelivered' },
    unit: 'seconds',
    counts: 'messages',
    warn: { at: 15 * minute, until: 10 * minute },
    critical: { at: 2 * hour, until: 105 * minute },
    escalatesAfterSeconds: later,
    zh: '推送积压',
    en: 'longest time that a message about something here waits to be delivered to an endpoint',
  },
} as const satisfies Readonly<Record<string, AlertRule>>;

export type AlertRuleName = keyof typeof alertRules;
export const alertRuleNames = Object.keys(alertRules) as readonly AlertRuleName[];

/** The rule of a name. */
export const alertRule = (name: AlertRuleName): AlertRule => alertRules[name];

/** From ten in the evening until six in the morning in China what is not critical waits. */
export const quietHours: QuietHours = {
  fromMinute: 22 * 60,
  toMinute: 6 * 60,
  utcOffsetMinutes: 480,
  levels: ['warn'],
};

/** Nothing that timers, carriers or the scheduler make happen. */
export const signsOfLife: readonly SignOfLife[] = [
  'visit.queued',
  'visit.arrived',
  'visit.checked',
  'visit.departed',
  'handoff.started',
  'handoff.completed',
  'handoff.aborted',
  'driver.shift_started',
  'driver.shift_ended',
];
