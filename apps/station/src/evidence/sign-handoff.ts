import { Injectable } from '@nestjs/common';
import type { Signature } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { inCustody } from '../custody/truck.js';
import { handoffIn } from '../handoffs/handoff-in.js';
import { handoffAfter, type StartedHandoff } from '../handoffs/handoff.js';
import { nothingCollected } from './collected.js';
import { assertMaySign, missingRoles, withSignature } from './signatures.js';

export interface SignHandoffInput extends Pick<Signature, 'role' | 'personId' | 'method' | 'proof'> {
  readonly handoffId: string;
}

/** How a visit stands after a signature, with who has signed and who has not. */
export interface SignedAnswer extends CaseAnswer {
  readonly signatures: readonly Pick<Signature, 'role' | 'personId' | 'signedAt' | 'method'>[];
  readonly missingSignatures: readonly Signature['role'][];
}

/** One of the three signs in the bay, now and for himself. */
export function signHandoff(truckCase: TruckCase, input: SignHandoffInput, { at }: Now): Decision<SignedAnswer> {
  const started = handoffIn(truckCase);
  handoffAfter(started, 'sign');
  const { driverId, collected } = started as StartedHandoff;
  const { role, personId, method, proof } = input;
  const signature: Signature = { role, personId, signedAt: toIso(at), method, ...given({ proof }) };
  const before = collected ?? nothingCollected;
  const signatures = withSignature(before.signatures, signature);
  assertMaySign(signature, signatures, inCustody(truckCase.truck).custodian, driverId);
  const handoff = { ...started, collected: { ...before, signatures } };
  return {
    handoff,
    events: [],
    answer: {
      ...answerOf({ visit: truckCase.visit, handoff }),
      signatures: signatures.map((signed) => ({
        role: signed.role,
        personId: signed.personId,
        signedAt: signed.signedAt,
        method: signed.method,
      })),
      missingSignatures: missingRoles(signatures),
    },
  };
}

@Injectable()
export class SignHandoff {
  constructor(private readonly cases: TruckCases) {}

  /** `verify` proves that it is he, in the transaction of the signature. */
  execute(
    request: StationRequest,
    input: SignHandoffInput,
    verify: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<SignedAnswer> {
    return this.cases.change(request, both(this.cases.ofHandoff(input.handoffId), verify), ([truckCase], now) =>
      signHandoff(truckCase, input, now),
    );
  }
}
