import type { Role } from '@yizhan/identity';
import { type AccountScope, assertFits } from '../accounts/account.js';
import { invalid } from '../cases/problems.js';

/** Roles that a system may have: drivers are people, who sign for themselves. */
export const rolesOfSystems = [
  'operator',
  'shift_lead',
  'carrier',
  'enterprise',
  'command_centre',
  'administrator',
] as const satisfies readonly Role[];

/** That the scope is that of the role. @throws Problem `invalid`. */
export function assertKeyFits(role: Role, scope: AccountScope): void {
  if (!rolesOfSystems.some((each) => each === role)) {
    throw invalid('API_KEY.ROLE', `a key is for a system, never for a ${role}`, { field: 'role' });
  }
  assertFits(`${role}:key`, role, scope);
}
