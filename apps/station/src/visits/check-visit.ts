import { Injectable } from '@nestjs/common';
import type { CheckResult } from '@yizhan/contracts';
import { checkItems, checksNeeded } from '@yizhan/policy';
import { aboutVisit } from '../cases/about.js';
import { given } from '../cases/given.js';
import { raise, settle } from '../exceptions/raising.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { invalid } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import { withHolds } from '../cargo/cargo-hold.js';
import { hold } from '../cargo/releasing.js';
import { sealMismatch, withSeal } from '../cargo/seal.js';
import type { StationRequest } from '../changes/changes.js';
import type { TrackedTruck } from '../custody/truck.js';
import { requestHandoff } from '../handoffs/requesting.js';
import { type ArrivedVisit, arrivedFor, judged } from './visit.js';

export interface CheckVisitInput {
  readonly visitId: string;
  /** Of the handoff that a passed check asks for. */
  readonly handoffId?: string;
  /** At least those of the policy for the visit's flow. */
  readonly checks: readonly CheckResult[];
  /** The number that is on the truck; after a mismatch, the new one. */
  readonly sealNumber?: string;
}

/** The truck is inspected: passed, it may have a driver and go; failed, the visit leaves the normal path. */
export function checkVisit(truckCase: TruckCase, input: CheckVisitInput, now: Now): Decision<CaseAnswer> {
  const visit = arrivedFor(truckCase.visit, 'check');
  assertComplete(truckCase, input.checks);
  const passed = input.checks.every((check) => check.passed);
  const truck = passed ? sealed(truckCase, input.sealNumber) : truckCase.truck;
  const { policy } = truckCase.place;
  const checked = eventOfVisit(visit, 'visit.checked', now.at, {
    passed,
    checks: input.checks,
    policy,
    ...given({ sealNumber: input.sealNumber }),
  });
  const outcome = passed ? pass({ ...truckCase, truck }, visit, input.handoffId, now) : fail(truckCase, visit, now);
  return {
    ...outcome,
    ...(truck === truckCase.truck ? {} : { truck }),
    events: [checked, ...outcome.events],
    answer: answerOf({ visit: outcome.visit, handoff: outcome.handoff ?? truckCase.handoff }),
  };
}

type Checked = Omit<Decision, 'answer'> & { readonly visit: ArrivedVisit };

/** A passed check lifts the holds that are not for a hand to lift, ends what the failed one began, and asks for a driver where one is needed. */
function pass(truckCase: TruckCase, visit: ArrivedVisit, handoffId: string | undefined, now: Now): Checked {
  const standing = visit.holds.filter(({ lifting }) => lifting === 'by_hand');
  const lifted: ArrivedVisit = { ...withHolds(judged(visit, 'passed', now.at), standing), checked: true };
  const isOver = ({ code }: { code: string }) => code === 'check_failed' || code === sealMismatch;
  const settled = settle(aboutVisit(visit), truckCase.exceptions, isOver, 'check_passed', now.at);
  const requested = requestHandoff({ ...truckCase, visit: lifted }, now, handoffId);
  return {
    visit: lifted,
    ...(requested && { handoff: requested.handoff }),
    exceptions: settled.exceptions,
    events: [...(requested?.events ?? []), ...settled.events],
  };
}

/** A release that was given no longer stands. */
function fail({ exceptions, place }: TruckCase, visit: ArrivedVisit, now: Now): Checked {
  const failed: ArrivedVisit = { ...judged(visit, 'failed', now.at), checked: false };
  const raised = raise(aboutVisit(visit), exceptions, 'check_failed', now, place.rules);
  if (visit.releasedAt === null) return { visit: failed, ...raised };
  const held = hold(failed, ['check_failed'], now);
  return { visit: held.visit, exceptions: raised.exceptions, events: [held.event, ...raised.events] };
}

/** Each item that the policy asks for, none twice, none that nobody knows, and why where it has failed. */
function assertComplete({ place, visit }: TruckCase, checks: readonly CheckResult[]): void {
  const known = checkItems(place.rules).map(({ check }) => check);
  const unknown = checks.map(({ check }) => check).filter((check) => !known.includes(check));
  if (unknown.length > 0)
    throw invalid('VISIT.CHECK_UNKNOWN', `the policy knows no check ${unknown.join(', ')}`, { unknown, known });
  const done = new Set(checks.map(({ check }) => check));
  if (done.size < checks.length) throw invalid('VISIT.CHECK_TWICE', 'a check is named twice');
  const silent = checks.filter(({ passed, reason }) => !passed && reason === undefined).map(({ check }) => check);
  if (silent.length > 0)
    throw invalid('VISIT.CHECK_WITHOUT_REASON', `say by a code why it has failed: ${silent.join(', ')}`, { silent });
  const missing = checksNeeded(place.rules, visit.flow).filter((check) => !done.has(check));
  if (missing.length > 0) {
    throw invalid('VISIT.CHECKS_MISSING', `the policy also asks for: ${missing.join(', ')}`, { missing });
  }
}

/** After a mismatch the old number is void: the new one is recorded here or at the handoff. Otherwise it must be the known one. */
function sealed({ truck, visit }: TruckCase, sealNumber: string | undefined): TrackedTruck {
  if (visit.holdReasons.includes(sealMismatch)) return { ...truck, sealNumber: sealNumber ?? null };
  if (sealNumber === undefined) return truck;
  return withSeal(truck, { number: sealNumber, intact: true }, 'check');
}

@Injectable()
export class CheckVisit {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: CheckVisitInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofVisit(input.visitId), (truckCase, now) =>
      checkVisit(truckCase, input, now),
    );
  }
}
