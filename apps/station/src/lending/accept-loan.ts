import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { conflict } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { loanAfter } from './loan.js';
import { answerAfter, factsOf, lockLoan, type LoanAnswer, tellBoth, writeLoan } from './loan.repository.js';

/** The other area wants the driver. He stays in his own pool until it has him, and gets nothing new there. */
@Injectable()
export class AcceptLoan {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { loanId }: { readonly loanId: string }): Promise<LoanAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const loan = await lockLoan(tx, loanId);
      loanAfter(loan, 'accept');
      const { at } = change;
      // The timer may be late.
      if (at >= loan.expiresAt) {
        throw conflict('LOAN.LAPSED', `the offer lapsed at ${toIso(loan.expiresAt)}`, { loanId });
      }
      writeLoan(tx, loan, 'accepted', at);
      return { events: tellBoth('driver.lent', loan, change, factsOf(loan)), answer: answerAfter(loan, 'accepted') };
    });
  }
}
