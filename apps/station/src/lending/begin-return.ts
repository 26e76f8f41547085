import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import { loanAfter } from './loan.js';
import { answerAfter, factsOf, lockLoan, type LoanAnswer, tellBoth, writeLoan } from './loan.repository.js';

/** The loan is over: he finishes what he has, and gets nothing new where he was lent to. */
@Injectable()
export class BeginReturn {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { loanId }: { readonly loanId: string }): Promise<LoanAnswer> {
    return this.changes.once(request, async (change) => {
      const loan = await lockLoan(change.tx, loanId);
      loanAfter(loan, 'begin_return');
      writeLoan(change.tx, loan, 'returning', change.at);
      return {
        events: tellBoth('driver.return_begun', loan, change, factsOf(loan)),
        answer: answerAfter(loan, 'returning'),
      };
    });
  }
}
