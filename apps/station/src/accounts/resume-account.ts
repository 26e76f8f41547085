import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import { changeAccount } from './account.repository.js';
import type { AccountAnswer } from './create-account.js';

/** Lets the bearer of a suspended account sign in again. */
@Injectable()
export class ResumeAccount {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { accountId }: { readonly accountId: string }): Promise<AccountAnswer> {
    return this.changes.once(request, async (change) => ({
      events: [],
      answer: await changeAccount(change, accountId, 'resume', null),
    }));
  }
}
