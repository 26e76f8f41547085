import { Injectable } from '@nestjs/common';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { handoffIn } from '../handoffs/handoff-in.js';
import { handoffAfter } from '../handoffs/handoff.js';
import { type AskedOverride, withApprovalsUsed } from '../handoffs/overriding.js';
import { type EvidenceParts, nothingCollected } from './collected.js';
import { withEvidence } from './collecting.js';
import { sealOverride } from './seal-override.js';

export interface RecordEvidenceInput extends EvidenceParts {
  readonly handoffId: string;
  /** `seal`, where it is not the recorded one. */
  readonly overrides?: readonly AskedOverride[];
}

/** What is handed over and seen is kept on the handoff as it comes; a seal is compared with the recorded one at once. */
export function recordEvidence(truckCase: TruckCase, input: RecordEvidenceInput, { at }: Now): Decision<CaseAnswer> {
  const before = handoffIn(truckCase);
  handoffAfter(before, 'record_evidence');
  const override = sealOverride(truckCase, input.seal, input.overrides ?? [], at);
  const { sealOverride: earlier, ...collected } = withEvidence(before.collected ?? nothingCollected, input);
  const standing = input.seal ? override : earlier;
  const after = { ...before, collected: { ...collected, ...given({ sealOverride: standing }) } };
  const handoff = withApprovalsUsed(after, override ? [override] : []);
  return { handoff, events: [], answer: answerOf({ visit: truckCase.visit, handoff }) };
}

@Injectable()
export class RecordEvidence {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: RecordEvidenceInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofHandoff(input.handoffId), (truckCase, now) =>
      recordEvidence(truckCase, input, now),
    );
  }
}
