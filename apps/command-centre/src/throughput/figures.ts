import type { EventData, EventName } from '@yizhan/contracts';

/** What an event counts as. */
export interface FigureOf<N extends EventName> {
  readonly figure: string;
  /** Which part of the figure; none where the figure has no parts. */
  readonly split?: (data: EventData[N]) => string;
}

/** Every figure of the throughput: the event that it counts, one each, and what it is split by. */
export const figures: { readonly [N in EventName]?: FigureOf<N> } = {
  'visit.announced': { figure: 'announced', split: ({ flow }) => flow },
  'visit.arrived': { figure: 'arrived', split: ({ flow }) => flow },
  'visit.departed': { figure: 'departed', split: ({ outcome }) => outcome },
  'visit.cancelled': { figure: 'cancelled' },
  'handoff.requested': { figure: 'handoffs_requested' },
  'handoff.assigned': { figure: 'handoffs_assigned', split: ({ assignedBy }) => assignedBy },
  'handoff.completed': { figure: 'handoffs_completed' },
  'handoff.aborted': { figure: 'handoffs_aborted' },
  'handoff.assignment_ended': { figure: 'assignments_ended', split: ({ reason }) => reason },
  'assignment.proposed': { figure: 'proposed' },
  'assignment.refused': { figure: 'refused' },
  'assignment.withheld': { figure: 'withheld' },
  'cargo.held': { figure: 'cargo_held' },
  'cargo.released': { figure: 'cargo_released' },
  'exception.opened': { figure: 'exceptions_opened', split: ({ code }) => code },
  'exception.escalated': { figure: 'exceptions_escalated', split: ({ code }) => code },
  'exception.resolved': { figure: 'exceptions_resolved', split: ({ code }) => code },
  'run.opened': { figure: 'runs_opened', split: ({ direction }) => direction },
  'run.overdue': { figure: 'runs_overdue' },
  'run.closed': { figure: 'runs_closed', split: ({ how }) => how },
  // Counted beside what it takes back from: a corrected event is counted as it was corrected.
  'record.retracted': { figure: 'retracted', split: ({ reason }) => reason },
};
