import type { Rule } from './rule.js';
import { bayHoldsOneHandoff } from './rules/bay-holds-one-handoff.js';
import { careIsGivenFirst } from './rules/care-is-given-first.js';
import { cargoReleasedAfterHandoff } from './rules/cargo-released-after-handoff.js';
import { exceptionsHaveOneLife } from './rules/exceptions-have-one-life.js';
import { casesHaveOneLife } from './rules/cases-have-one-life.js';
import { driverHasOneTruckAtATime } from './rules/driver-has-one-truck-at-a-time.js';
import { everyWaitingHandoffSaysWhy } from './rules/every-waiting-handoff-says-why.js';
import { figuresAgree } from './rules/figures-agree.js';
import { logIsSelfContained } from './rules/log-is-self-contained.js';
import { logIsUnbroken } from './rules/log-is-unbroken.js';
import { nobodyAssignedWhoMayNot } from './rules/nobody-assigned-who-may-not.js';
import { oneLiveAssignment } from './rules/one-live-assignment.js';
import { shiftIsTakenOverOnce } from './rules/shift-is-taken-over-once.js';
import { overrideIsDecidedByAnother } from './rules/override-is-decided-by-another.js';
import { recallIsTraced } from './rules/recall-is-traced.js';
import { shiftsLieOneAfterTheOther } from './rules/shifts-lie-one-after-the-other.js';
import { startsAndCompletesInOrder } from './rules/starts-and-completes-in-order.js';
import { truckHasOneCustodian } from './rules/truck-has-one-custodian.js';
import { truckHasOneOpenVisit } from './rules/truck-has-one-open-visit.js';
import { SeenIds } from './seen-ids.js';

/** The rules of the contract, with fresh notes for one export. */
export function contractRules(): Rule[] {
  const ids = new SeenIds();
  return [
    logIsUnbroken(ids),
    truckHasOneOpenVisit,
    truckHasOneCustodian,
    driverHasOneTruckAtATime,
    oneLiveAssignment,
    startsAndCompletesInOrder,
    cargoReleasedAfterHandoff,
    nobodyAssignedWhoMayNot,
    overrideIsDecidedByAnother(),
    shiftsLieOneAfterTheOther,
    recallIsTraced(),
    bayHoldsOneHandoff,
    everyWaitingHandoffSaysWhy,
    logIsSelfContained(ids),
    shiftIsTakenOverOnce(),
    careIsGivenFirst(),
    figuresAgree(),
    exceptionsHaveOneLife(),
    casesHaveOneLife(),
  ];
}
