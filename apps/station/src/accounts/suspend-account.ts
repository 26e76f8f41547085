import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import { endSessionsOf } from '../sessions/session.repository.js';
import { assertNotOneself } from './account.js';
import { changeAccount } from './account.repository.js';
import type { AccountAnswer } from './create-account.js';

export interface SuspendAccountInput {
  readonly accountId: string;
  /** A code, never free text. */
  readonly reason: string;
}

/** Takes everything away from an account that its bearer could act with. */
@Injectable()
export class SuspendAccount {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { accountId, reason }: SuspendAccountInput): Promise<AccountAnswer> {
    assertNotOneself(accountId, request.caller);
    return this.changes.once(request, async (change) => {
      const answer = await changeAccount(change, accountId, 'suspend', reason);
      change.tx.last(endSessionsOf, [accountId, 'suspended']);
      return { events: [], answer };
    });
  }
}
