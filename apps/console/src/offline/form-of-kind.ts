import type { AsideStep, LeadingStep } from '../handoff/guide.js';
import type { StepKind } from './step-kinds.js';

/** Where a step of a kind is entered; what has no form of its own is sent again or not at all. */
export const formOfKind: Readonly<Partial<Record<StepKind, LeadingStep | AsideStep>>> = {
  intake: 'arrive',
  arrival: 'arrive',
  queue: 'queue',
  call: 'call',
  call_end: 'end_call',
  check: 'check',
  hold: 'hold_cargo',
  hold_lifting: 'lift_hold',
  release: 'release_cargo',
  departure: 'depart',
  cancellation: 'cancel',
  assignment: 'assign',
  acceptance: 'accept',
  decline: 'decline',
  no_show: 'report_no_show',
  withdrawal: 'withdraw',
  start: 'start',
  completion: 'complete',
  abortion: 'abort',
};
