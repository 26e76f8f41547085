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

/** The signatures that are still to come: drivers have signed on paper, the operator vouches, also for who is absent. */
export function signaturesOf({ missing, custodian, onComing, operator, signedAt }: Signing): GivenSignature[] {
  const signer: Readonly<Record<Role, Pick<GivenSignature, 'personId' | 'method'>>> = {
    offgoing:
      custodian?.kind === 'driver'
        ? { personId: custodian.id, method: 'paper' }
        : { personId: operator, method: 'operator_for_absent' },
    oncoming: { personId: onComing, method: 'paper' },
    witness: { personId: operator, method: 'token' },
  };
  return missing.map((role) => ({ role, signedAt, ...signer[role] }));
}
