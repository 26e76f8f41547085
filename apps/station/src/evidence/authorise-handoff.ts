import { Injectable } from '@nestjs/common';
import type { Authorisation } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { handoffIn } from '../handoffs/handoff-in.js';
import { handoffAfter } from '../handoffs/handoff.js';
import { authorised } from './authorised.js';
import { nothingCollected } from './collected.js';

export interface AuthoriseHandoffInput {
  readonly handoffId: string;
  /** `at` is RFC 3339; the present where it is not given. */
  readonly authorisation: Omit<Authorisation, 'at'> & Partial<Pick<Authorisation, 'at'>>;
}

/** The carrier agrees before the start; a newer word replaces the older one. */
export function authoriseHandoff(
  truckCase: TruckCase,
  { authorisation }: AuthoriseHandoffInput,
  { at }: Now,
): Decision<CaseAnswer> {
  const before = handoffIn(truckCase);
  handoffAfter(before, 'authorise');
  const collected = {
    ...(before.collected ?? nothingCollected),
    authorisation: authorised(truckCase, { ...authorisation, at: authorisation.at ?? toIso(at) }, at),
  };
  const handoff = { ...before, collected };
  return { handoff, events: [], answer: answerOf({ visit: truckCase.visit, handoff }) };
}

@Injectable()
export class AuthoriseHandoff {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: AuthoriseHandoffInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofHandoff(input.handoffId), (truckCase, now) =>
      authoriseHandoff(truckCase, input, now),
    );
  }
}
