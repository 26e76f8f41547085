import type { LoanEnd } from '@yizhan/contracts';
import { takeStep, type TransitionTable } from '../cases/transition-table.js';

export const loanStates = ['offered', 'accepted', 'joined', 'returning', 'returned', 'ended'] as const;
export type LoanState = (typeof loanStates)[number];
export const loanSteps = [
  'accept',
  'decline',
  'withdraw',
  'lapse',
  'join',
  'call_off',
  'begin_return',
  'take_back',
] as const;
export type LoanStep = (typeof loanSteps)[number];

export const loanTable: TransitionTable<LoanState, LoanStep> = {
  offered: {
    means: 'His area offers him; he works on where he is. Set by the command centre of his area.',
    steps: { accept: 'accepted', decline: 'ended', withdraw: 'ended', lapse: 'ended' },
  },
  accepted: {
    means:
      'The other area wants him: in his own pool until it has him, and nothing new there. Set by its command centre.',
    steps: { join: 'joined', call_off: 'ended' },
  },
  joined: {
    means: 'He is in the pool of the other area. Set when he reports at one of its stations.',
    steps: { begin_return: 'returning' },
  },
  returning: {
    means:
      'He goes back: in the other pool until his own area has him, and nothing new there. Set by either command centre.',
    steps: { take_back: 'returned' },
  },
  returned: {
    means: 'He is in the pool of his own area again. Set when he reports at one of its stations. Final.',
    steps: {},
  },
  ended: { means: 'He never went: declined, withdrawn, lapsed or called off. Final.', steps: {} },
};

/** How each of the steps ends a loan that has not begun. */
export const endingSteps = {
  decline: 'declined',
  withdraw: 'withdrawn',
  lapse: 'lapsed',
  call_off: 'called_off',
} as const satisfies Partial<Record<LoanStep, LoanEnd>>;

export type EndingStep = keyof typeof endingSteps;

/** A loan as it stands, its row locked until the transaction ends. */
export interface Loan {
  readonly loanId: string;
  readonly driverId: string;
  /** His own area. */
  readonly fromAreaCode: string;
  readonly toAreaCode: string;
  readonly state: LoanState;
  /** When the offer lapses, epoch milliseconds. */
  readonly expiresAt: number;
  readonly version: number;
}

/** Where a step leads. @throws Problem `illegal_state` with the allowed steps. */
export function loanAfter({ state }: Loan, step: LoanStep): LoanState {
  return takeStep('loan', loanTable, state, step);
}
