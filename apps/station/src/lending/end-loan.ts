import { Injectable } from '@nestjs/common';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import { writeTimer } from '../timers/write-timer.js';
import { type EndingStep, endingSteps, type Loan, loanAfter } from './loan.js';
import { answerAfter, factsOf, lockLoan, type LoanAnswer, tellBoth, writeLoan } from './loan.repository.js';

export interface EndLoanInput {
  readonly loanId: string;
  readonly step: Exclude<EndingStep, 'lapse'>;
}

/** The driver does not go: declined by who was offered him, withdrawn by who offered, or called off before he has reported. */
@Injectable()
export class EndLoan {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { loanId, step }: EndLoanInput): Promise<LoanAnswer> {
    return this.changes.once(request, async (change) => endLoan(change, await lockLoan(change.tx, loanId), step));
  }
}

/** Nobody has answered in time. */
@Injectable()
export class LapseLoan {
  /** What the timer `loan_offer` does. */
  async fire(change: Change, loanId: string): Promise<Outcome<boolean>> {
    const loan = await lockLoan(change.tx, loanId);
    writeTimer(change.tx, { kind: 'loan_offer', ref: loanId, dueAt: null });
    if (loan.state !== 'offered') return { events: [], answer: false };
    const { events } = endLoan(change, loan, 'lapse');
    return { events, answer: true };
  }
}

function endLoan(change: Change, loan: Loan, step: EndingStep): Outcome<LoanAnswer> {
  loanAfter(loan, step);
  const reason = endingSteps[step];
  writeLoan(change.tx, loan, 'ended', change.at, reason);
  return {
    events: tellBoth('driver.loan_ended', loan, change, { ...factsOf(loan), reason }),
    answer: answerAfter(loan, 'ended'),
  };
}
