import type { DepartureOutcome, Party } from '@yizhan/contracts';
import { notNow } from '../cases/problems.js';
import type { TruckCase } from '../cases/truck-case.js';
import { needsSwap } from '../handoffs/requesting.js';

export interface DepartVisitInput {
  readonly visitId: string;
  readonly outcome: DepartureOutcome;
  /** Codes, never free text. */
  readonly reasons?: readonly string[];
  /** Of the run that begins here. */
  readonly runId?: string;
  /** Until when the truck is to be back; the planned return of the handoff where it is not given. */
  readonly dueBackAt?: number;
  /** The truck is not to come back. */
  readonly direction?: 'one_way';
}

/** Whether the truck goes on across the line, the way it wanted to go. */
export function isCrossing(outcome: DepartureOutcome): boolean {
  return outcome === 'swapped' || outcome === 'no_swap_needed';
}

/** Whether the truck may leave like that: nobody is carried across the line. @throws Problem `illegal_state`. */
export function assertOutcome(truckCase: TruckCase, custodian: Party, outcome: DepartureOutcome): void {
  const { visit, handoff, place } = truckCase;
  if (custodian.kind !== 'driver') {
    throw notNow(
      truckCase,
      'CUSTODY.NOBODY_TO_DRIVE',
      `the truck is with ${custodian.kind} ${custodian.id}: a driver has to take it first`,
    );
  }
  if (outcome === 'swapped' && handoff?.state !== 'completed') {
    throw notNow(truckCase, 'VISIT.NOT_SWAPPED', 'no handoff of this visit is completed');
  }
  if (outcome === 'swapped' && visit.releasedAt === null) {
    throw notNow(truckCase, 'CARGO.NOT_RELEASED', 'the cargo is not released');
  }
  if (outcome === 'no_swap_needed') assertNothingIsKept(truckCase);
  if (place.zoneState !== 'active') {
    if (outcome !== 'no_swap_needed' || visit.flow !== 'into_zone') return;
    throw notNow(truckCase, 'ZONE.LIFTED', 'there is no zone to go into any more: depart the visit as redirected');
  }
  if (needsSwap(truckCase) !== isCrossing(outcome)) {
    if (outcome !== 'no_swap_needed' || visit.checked === true) return;
    throw notNow(truckCase, 'VISIT.NOT_CHECKED', 'the truck has not been checked: check it before it goes on');
  }
  throw notNow(
    truckCase,
    'DRIVER.ON_THE_OTHER_SIDE',
    isCrossing(outcome)
      ? `driver ${custodian.id} may not go on across the line: he needs a swap`
      : `driver ${custodian.id} belongs beyond the line: the truck can only go on, or be handed back first`,
    { driverId: custodian.id },
  );
}

/** Without a swap there is no release: what is held or has not passed its check does not cross, nor what was swapped after all. */
function assertNothingIsKept(truckCase: TruckCase): void {
  const { visit, handoff } = truckCase;
  if (handoff?.state === 'completed') {
    throw notNow(truckCase, 'VISIT.SWAP_IS_MADE', 'the driver was swapped: depart the visit as swapped');
  }
  if (visit.held)
    throw notNow(truckCase, 'CARGO.HELD', `the cargo is held (${visit.holdReasons.join(', ')}): check it again`);
  if (visit.checked === false)
    throw notNow(truckCase, 'VISIT.CHECK_NOT_PASSED', 'the last check has not passed: check it again');
}
