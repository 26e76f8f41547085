import { Injectable } from '@nestjs/common';
import type { Signature } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { handedOverWithSeal } from '../cargo/seal.js';
import { release } from '../cargo/releasing.js';
import { aboutVisit } from '../cases/about.js';
import { type OpenException, settle } from '../exceptions/raising.js';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { conflict } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { together } from '../changes/together.js';
import { handedTo, inCustody } from '../custody/truck.js';
import { type EvidenceParts, nothingCollected } from '../evidence/collected.js';
import { withEvidence } from '../evidence/collecting.js';
import { assertSigned, assertSignedInTime, assertWitness, withThose } from '../evidence/signatures.js';
import { sealOverride } from '../evidence/seal-override.js';
import { arrivedFor, isReleasable } from '../visits/visit.js';
import { handoffIn } from './handoff-in.js';
import { type CompletedHandoff, handoffAfter, type StartedHandoff } from './handoff.js';
import type { AskedOverride } from './overriding.js';
import { lockBay } from './lock-bay.js';

export interface CompleteHandoffInput extends EvidenceParts {
  readonly handoffId: string;
  /** Those that have not been collected one by one. */
  readonly signatures?: readonly Signature[];
  /** `seal`, where it is not the recorded one. */
  readonly overrides?: readonly AskedOverride[];
  /** Who completes it in the bay, and so must be the witness; absent where what others have witnessed is recorded. */
  readonly witnessId?: string;
}

/** Three have signed: at one instant the on-coming driver becomes the custodian; the cargo goes, if nothing speaks against it. */
export function completeHandoff(truckCase: TruckCase, input: CompleteHandoffInput, { at }: Now): Decision<CaseAnswer> {
  const started = handoffIn(truckCase);
  handoffAfter(started, 'complete');
  const { handoff, event } = completed(truckCase, started as StartedHandoff, input, at);
  const visit = arrivedFor(truckCase.visit, 'check');
  const truck = handedTo(
    handedOverWithSeal(truckCase.truck, handoff.evidence.seal, handoff.evidence.overrides?.[0]),
    { kind: 'driver', id: handoff.driverId },
    at,
  );
  const taken = settle(aboutVisit(visit), truckCase.exceptions, endsWithSwap, 'handed_over', at);
  const released = isReleasable({ visit, handoff })
    ? release(visit, handoff.handoffId, truckCase.place, at)
    : undefined;
  return {
    ...(released && { visit: released.visit }),
    truck,
    handoff,
    exceptions: taken.exceptions,
    events: [event, ...(released ? [released.event] : []), ...taken.events],
    answer: answerOf({ visit: released?.visit ?? visit, handoff }),
  };
}

/** Parked no longer; and who was to have been off shift has his hands free. */
function endsWithSwap({ code }: OpenException): boolean {
  return code === 'custody_parked' || code === 'shift_over_in_zone';
}

function completed(truckCase: TruckCase, started: StartedHandoff, input: CompleteHandoffInput, at: number) {
  const { handoffId, driverId, bayCode, startedAt } = started;
  if (at < startedAt) {
    throw conflict('HANDOFF.BEFORE_ITS_START', 'custody can not move before the handoff started', {
      startedAt: toIso(startedAt),
    });
  }
  const from = inCustody(truckCase.truck).custodian;
  const before = started.collected ?? nothingCollected;
  const signatures = withThose(before.signatures, input.signatures ?? []);
  assertSigned(signatures, from, driverId);
  if (input.witnessId !== undefined) assertWitness(signatures, input.witnessId);
  assertSignedInTime(signatures, startedAt, at);
  const { items, odometerKm, fuelPercent, seal, photos, reservations } = withEvidence(before, input);
  const override = sealOverride(truckCase, seal, input.overrides ?? [], at);
  const readings = given({ odometerKm, fuelPercent, seal, overrides: override && [override] });
  const evidence = { from, signatures, items, ...readings, photos, reservations };
  const handoff: CompletedHandoff = { ...started, state: 'completed', custodyAt: at, evidence, collected: null };
  const event = eventOfVisit(truckCase.visit, 'handoff.completed', at, {
    handoffId,
    toDriverId: driverId,
    bayCode,
    custodyAt: toIso(at),
    ...evidence,
  });
  return { handoff, event };
}

@Injectable()
export class CompleteHandoff {
  constructor(private readonly cases: TruckCases) {}

  /** `verify` proves what the signatures claim, in the transaction of the completion. */
  execute(
    request: StationRequest,
    input: CompleteHandoffInput,
    verify: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      both(this.cases.ofHandoff(input.handoffId), async (tx) => {
        await together<[boolean, void]>([lockBay(tx, input.handoffId), verify(tx)]);
      }),
      ([truckCase], now) => completeHandoff(truckCase, input, now),
    );
  }
}
