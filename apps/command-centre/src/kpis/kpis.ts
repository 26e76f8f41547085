import type { CapacitySource, Kpi, Point, PointName } from './kpi.js';

/** Every instant that a figure is measured from or to. */
export const points: Readonly<Record<PointName, Point>> = {
  expected: { event: 'visit.announced', time: 'expectedAt', which: 'last' },
  queued_outside: { event: 'visit.queued', where: { queue: 'outside' }, time: 'queuedAt', which: 'first' },
  queued_inside: { event: 'visit.queued', where: { queue: 'inside' }, time: 'queuedAt', which: 'first' },
  arrived: { event: 'visit.arrived', time: 'arrivedAt', which: 'first' },
  ready: { event: 'handoff.requested', time: 'readyAt', which: 'first' },
  assigned: { event: 'handoff.assigned', which: 'last' },
  started: { event: 'handoff.started', time: 'startedAt', which: 'last' },
  custody: { event: 'handoff.completed', time: 'custodyAt', which: 'last' },
  released: { event: 'cargo.released', time: 'releasedAt', which: 'last' },
  departed: { event: 'visit.departed', time: 'departedAt', which: 'last' },
  exception_opened: { event: 'exception.opened', which: 'first' },
  exception_resolved: { event: 'exception.resolved', which: 'last' },
  run_opened: { event: 'run.opened', which: 'first' },
  run_closed: { event: 'run.closed', which: 'last' },
};

const visit = { story: 'visit' } as const;
const station = { story: 'visit', perspective: 'station' } as const;
const driver = { story: 'visit', perspective: 'driver' } as const;

/** Every figure of the command centre. docs/kpis.md is written from it. */
export const kpis = {
  arrivals: {
    ...visit,
    operator: 'count',
    of: { event: 'visit.arrived' },
    perspective: 'none',
    zh: '到站车次',
    en: 'trucks through the gate in',
  },
  departures: {
    ...visit,
    operator: 'count',
    of: { event: 'visit.departed' },
    split: 'outcome',
    perspective: 'none',
    zh: '离站车次',
    en: 'trucks through the gate out, by how it ended',
  },
  queue_outside: {
    ...driver,
    operator: 'span',
    from: ['queued_outside'],
    to: 'arrived',
    split: 'course',
    zh: '站外排队',
    en: 'in the queue outside, until the gate',
  },
  queue_inside: {
    ...station,
    operator: 'span',
    from: ['queued_inside'],
    to: 'started',
    split: 'course',
    zh: '站内排队',
    en: 'in the queue inside, until the swap begins',
  },
  driver_wait: {
    ...station,
    operator: 'span',
    from: ['ready'],
    to: 'assigned',
    split: 'course',
    zh: '等待司机',
    en: 'from ready for a driver until the one who is assigned in the end',
  },
  swap_time: {
    ...station,
    operator: 'span',
    from: ['started'],
    to: 'custody',
    split: 'course',
    zh: '换驾用时',
    en: 'from the beginning of the swap until responsibility moves',
  },
  dwell: {
    ...station,
    operator: 'span',
    from: ['arrived'],
    to: 'departed',
    split: 'course',
    zh: '在站时长',
    en: 'from gate-in to gate-out: the time that the station controls',
  },
  turn_time: {
    ...driver,
    operator: 'span',
    from: ['queued_outside', 'arrived'],
    to: 'departed',
    split: 'course',
    zh: '周转时间',
    en: 'from the first ticket, or the gate where there was none, to gate-out: the time that the driver lives through',
  },
  slot_adherence: {
    ...visit,
    operator: 'adherence',
    from: ['expected'],
    to: 'arrived',
    graceSeconds: 1_800,
    perspective: 'none',
    zh: '预约守时',
    en: 'arrivals before, within and after half an hour of the announced time',
  },
  driver_no_shows: {
    ...visit,
    operator: 'count',
    of: { event: 'handoff.assignment_ended', where: { reason: 'no_show' } },
    perspective: 'none',
    zh: '司机爽约',
    en: 'assigned drivers who did not come',
  },
  truck_no_shows: {
    ...visit,
    operator: 'count',
    of: { event: 'visit.call_ended', where: { reason: 'no_show' } },
    perspective: 'none',
    zh: '叫号未到',
    en: 'called trucks that did not come',
  },
  declines: {
    ...visit,
    operator: 'count',
    of: { event: 'handoff.assignment_ended', where: { reason: 'declined' } },
    split: 'declineReason',
    perspective: 'none',
    zh: '司机拒单',
    en: 'assignments that drivers declined, by reason',
  },
  aborts: {
    ...visit,
    operator: 'count',
    of: { event: 'handoff.aborted' },
    split: 'reason',
    perspective: 'none',
    zh: '换驾中止',
    en: 'handoffs that were aborted, by reason',
  },
  holds: {
    ...visit,
    operator: 'count',
    of: { event: 'cargo.held' },
    split: 'reasons',
    perspective: 'none',
    zh: '暂不放行',
    en: 'holds on cargo, once for each reason',
  },
  check_failures: {
    ...visit,
    operator: 'count',
    of: { event: 'visit.checked' },
    split: 'failures',
    perspective: 'none',
    zh: '查验未过',
    en: 'items that failed a check, credentials among them, by item and reason',
  },
  loads: {
    ...visit,
    operator: 'count',
    of: { event: 'visit.departed', where: { outcome: 'swapped' } },
    each: 'enterprises',
    perspective: 'none',
    zh: '企业车次',
    en: 'trucks with goods for or from an enterprise that left the station with their new driver, by enterprise',
  },
  exceptions: {
    story: 'exception',
    operator: 'count',
    of: { event: 'exception.opened' },
    split: 'code',
    perspective: 'none',
    zh: '异常单',
    en: 'exceptions that were opened, by code',
  },
  exception_age: {
    story: 'exception',
    operator: 'span',
    from: ['exception_opened'],
    to: 'exception_resolved',
    split: 'code',
    perspective: 'none',
    zh: '异常处置时长',
    en: 'from the opening of an exception to its end, by code',
  },
  runs_overdue: {
    story: 'run',
    operator: 'count',
    of: { event: 'run.overdue' },
    perspective: 'none',
    zh: '逾期未归',
    en: 'runs that were not back within the grace of the policy (`overdueGraceSeconds`) after they were due',
  },
  run_time: {
    story: 'run',
    operator: 'span',
    from: ['run_opened'],
    to: 'run_closed',
    split: 'how',
    perspective: 'driver',
    zh: '往返用时',
    en: 'from the opening of a run to its end, by how it ended',
  },
} as const satisfies Readonly<Record<string, Kpi>>;

export type KpiName = keyof typeof kpis;
export const kpiNames = Object.keys(kpis) as readonly KpiName[];

/**
 * Capacity kept (产能保持率): what each above-scale enterprise keeps up of its usual output, from three sources that are shown apart.
 * More than 100 % counts as 100 %.
 */
export const capacitySources = {
  reported: {
    operator: 'stated',
    event: 'enterprise.changed',
    percent: 'capacityPercent',
    countsForDays: 7,
    zh: '企业上报',
    en: 'what enterprises say themselves',
  },
  electricity: {
    operator: 'used',
    event: 'enterprise.electricity_reported',
    used: 'kilowattHours',
    from: 'usedFromAt',
    to: 'usedToAt',
    usualPerDay: 'quarterDailyKilowattHours',
    countsForDays: 7,
    zh: '用电量',
    en: 'electricity used, against the last quarter',
  },
  flow: {
    operator: 'flow',
    kpi: 'loads',
    usualPerDay: { into_zone: 'usualLoadsInPerDay', out_of_zone: 'usualLoadsOutPerDay' },
    overDays: 7,
    leastHours: 24,
    zh: '进出车流估算',
    en: 'an estimate from the trucks that brought and fetched goods, against what is usual',
  },
} as const satisfies Readonly<Record<string, CapacitySource>>;

export type CapacitySourceName = keyof typeof capacitySources;
export const capacitySourceNames = Object.keys(capacitySources) as readonly CapacitySourceName[];
