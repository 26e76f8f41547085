import { type Claims, type Role, type ScopeClaim, scopeClaims, scopeOfRole } from '@yizhan/identity';
import { conflict, invalid } from '../cases/problems.js';
import type { TransitionTable } from '../cases/transition-table.js';

export type AccountState = 'active' | 'suspended';
export type AccountStep = 'suspend' | 'resume';

export const accountTable: TransitionTable<AccountState, AccountStep> = {
  active: {
    means: 'Its bearer may sign in and sign. Set when it is made or resumed.',
    steps: { suspend: 'suspended' },
  },
  suspended: {
    means: 'Nothing signed for it is taken any more, tokens and links among it. Set by who may manage it.',
    steps: { resume: 'active' },
  },
};

/** What somebody proves himself with: a password to sign in, a PIN to sign on another's tablet. */
export const secretKinds = ['password', 'pin'] as const;
export type SecretKind = (typeof secretKinds)[number];

/** Whom an account stands for: what its tokens say. */
export type AccountScope = Partial<Pick<Claims, ScopeClaim>>;

/**
 * That the id and the scope are those of the role: `operator:lin` with stations, `driver:R1` with exactly the driver R1.
 * @throws Problem `invalid`.
 */
export function assertFits(accountId: string, role: Role, scope: AccountScope): void {
  const given = scopeClaims.filter((claim) => (scope[claim] ?? '').length > 0);
  const own = scopeOfRole[role];
  const foreign = given.find((claim) => !own.includes(claim));
  if (foreign !== undefined) {
    throw invalid('ACCOUNT.SCOPE', `${foreign} is not for the role ${role}`, { field: foreign });
  }
  if (own.length > 0 && given.length === 0) {
    throw invalid('ACCOUNT.SCOPE', `the role ${role} needs ${own.join(' or ')}`, { field: own[0] });
  }
  if (given.length > 1) throw invalid('ACCOUNT.SCOPE', `give ${own.join(' or ')}, not both`, { field: given[1] });
  const expected = role === 'driver' ? `driver:${scope.driverId ?? ''}` : undefined;
  if (expected === undefined ? accountId.startsWith(`${role}:`) && accountId !== `${role}:` : accountId === expected)
    return;
  throw invalid('ACCOUNT.ID', `the id of this account must be ${expected ?? `${role}:… with a code of its own`}`, {
    field: 'accountId',
  });
}

/** Nobody locks himself out. @throws Problem `conflict`. */
export function assertNotOneself(accountId: string, caller: string): void {
  if (accountId === caller) throw conflict('ACCOUNT.YOUR_OWN', 'nobody suspends his own account');
}
