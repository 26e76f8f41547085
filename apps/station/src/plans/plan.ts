import type { TransitionTable } from '../cases/transition-table.js';

export type PlanState = 'draft' | 'active' | 'ended';
export type PlanStep = 'activate' | 'end';

export const planTable: TransitionTable<PlanState, PlanStep> = {
  draft: { means: 'Its template is stored, and nothing is open yet.', steps: { activate: 'active' } },
  active: {
    means: 'Its zone is closed, its stations are open, its duties run. Set by the one act that activates it.',
    steps: { end: 'ended' },
  },
  ended: {
    means: 'Its zone is lifted and what it opened is closed; its report is kept. It can be activated anew.',
    steps: { activate: 'active' },
  },
};

/** What a plan has opened itself, and so closes itself. */
export interface Opened {
  readonly zoneId: string;
  readonly stationCodes: readonly string[];
  readonly enterpriseIds: readonly string[];
}
