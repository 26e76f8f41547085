import { Injectable } from '@nestjs/common';
import type { Caller, Role } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { CallerScope } from '../network/caller-scope.js';
import type { AccountScope } from './account.js';

/** Who may manage which accounts: administrators all, shift leads those of the operators and drivers of their own stations. */
@Injectable()
export class AccountManagers {
  constructor(private readonly scope: CallerScope) {}

  /** @throws Problem `forbidden` where the account is not for the caller to manage. */
  async require(caller: Caller, role: Role, { stations = [], driverId }: AccountScope): Promise<void> {
    if (caller.role === 'administrator') return;
    if (caller.role === 'shift_lead') {
      if (role === 'operator' && stations.every((station) => caller.mayActAt(station))) return;
      if (role === 'driver' && driverId !== undefined) return this.scope.requireDriver(caller, driverId);
    }
    throw new Problem(
      'forbidden',
      'IDENTITY.NOT_YOUR_ACCOUNT',
      'your token does not let you manage this account: shift leads manage operators and drivers of their own stations',
    );
  }
}
