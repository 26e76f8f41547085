type Role = 'offgoing' | 'oncoming' | 'witness';

/** Who signs a handoff at the tablet of the operator. */
export interface Signing {
  readonly missing: readonly Role[];
  readonly custodian: { readonly kind: string; readonly id: string } | undefined;
  readonly onComing: string;
  /** Who witnesses. */
  readonly operator: string;
  readonly signedAt: string;
}

export interface GivenSignature {
  readonly role: Role;
  readonly personId: string;
  readonly signedAt: string;
  readonly method: 'paper' | 'token' | 'operator_for_absent';
}

/** Who has to sign, and how: drivers on paper; the operator vouches, also for who is absent. */
export function signersOf({
  custodian,
  onComing,
  operator,
}: Pick<Signing, 'custodian' | 'onComing' | 'operator'>): Readonly<
  Record<Role, Pick<GivenSignature, 'personId' | 'method'>>
> {
  return {
    offgoing:
      custodian?.kind === 'driver'
        ? { personId: custodian.id, method: 'paper' }
        : { personId: operator, method: 'operator_for_absent' },
    oncoming: { personId: onComing, method: 'paper' },
    witness: { personId: operator, method: 'token' },
  };
}

/** The signatures that are still to come. */
export function signaturesOf({ missing, signedAt, ...people }: Signing): GivenSignature[] {
  const signers = signersOf(people);
  return missing.map((role) => ({ role, signedAt, ...signers[role] }));
}
