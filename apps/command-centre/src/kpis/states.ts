import type { StateRule, StoryKind } from './kpi.js';

const sameHandoff = { same: 'handoffId' } as const;

/** In which state something is now: the first of its rules that holds; none of them where it is over. */
export const states: Readonly<Record<'visit' | 'exception' | 'run', readonly StateRule[]>> = {
  visit: [
    {
      state: 'held_by_hand',
      since: { event: 'cargo.held', where: { lifting: 'by_hand' } },
      until: [{ event: 'cargo.hold_lifted' }],
      same: 'holdId',
      zh: '人工暂扣',
      en: 'held until somebody lifts it',
    },
    {
      state: 'held',
      since: { event: 'cargo.held', where: { lifting: 'by_check' } },
      until: [{ event: 'visit.checked', where: { passed: true } }, { event: 'cargo.hold_lifted' }],
      zh: '暂不放行',
      en: 'held until a check passes',
    },
    {
      state: 'released',
      since: { event: 'cargo.released' },
      until: [{ event: 'cargo.held' }, { event: 'handoff.requested' }],
      zh: '已放行',
      en: 'may leave',
    },
    {
      state: 'swapped',
      since: { event: 'handoff.completed' },
      until: [{ event: 'handoff.requested' }, { event: 'handoff.started' }],
      zh: '已换驾',
      en: 'swapped, not released yet',
    },
    {
      state: 'swapping',
      since: { event: 'handoff.started' },
      until: [{ event: 'handoff.completed' }, { event: 'handoff.aborted' }],
      ...sameHandoff,
      zh: '换驾中',
      en: 'in a bay',
    },
    {
      state: 'driver_assigned',
      since: { event: 'handoff.assigned' },
      until: [{ event: 'handoff.assignment_ended' }, { event: 'handoff.started' }, { event: 'handoff.aborted' }],
      ...sameHandoff,
      zh: '司机已派',
      en: 'a driver is assigned',
    },
    {
      state: 'waiting_for_driver',
      since: { event: 'handoff.requested' },
      until: [{ event: 'handoff.completed' }, { event: 'handoff.aborted' }],
      ...sameHandoff,
      zh: '等待司机',
      en: 'waits for a driver',
    },
    { state: 'inside', since: { event: 'visit.arrived' }, until: [], zh: '已进站', en: 'inside, not ready yet' },
    {
      state: 'queued_outside',
      since: { event: 'visit.queued', where: { queue: 'outside' } },
      until: [],
      zh: '站外排队',
      en: 'in the queue outside',
    },
    {
      state: 'announced',
      since: { event: 'visit.announced' },
      until: [],
      due: 'expectedAt',
      zh: '已预约',
      en: 'announced',
    },
  ],
  exception: [
    {
      state: 'open',
      since: { event: 'exception.opened' },
      until: [{ event: 'exception.resolved' }],
      due: 'dueAt',
      zh: '未结',
      en: 'open',
    },
  ],
  run: [
    {
      state: 'overdue',
      since: { event: 'run.overdue' },
      until: [{ event: 'run.closed' }],
      due: 'dueBackAt',
      zh: '逾期',
      en: 'overdue',
    },
    {
      state: 'out',
      since: { event: 'run.opened' },
      until: [{ event: 'run.closed' }],
      due: 'dueBackAt',
      zh: '在途',
      en: 'on its way',
    },
  ],
};

/** After one of these nothing is open any more of a story. */
export const endings: Readonly<Partial<Record<StoryKind, readonly string[]>>> = {
  visit: ['visit.departed', 'visit.cancelled'],
};
