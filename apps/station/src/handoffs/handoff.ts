import type {
  Authorisation,
  HandedItem,
  Override,
  Party,
  Photo,
  Reservation,
  Seal,
  Signature,
} from '@yizhan/contracts';
import { type TransitionTable, takeStep } from '../cases/transition-table.js';
import type { PassBlock } from '../passes/pass.js';
import type { Collected } from '../evidence/collected.js';

export type HandoffStep =
  | 'assign'
  | 'accept'
  | 'decline'
  | 'expire'
  | 'report_no_show'
  | 'withdraw'
  | 'authorise'
  | 'record_evidence'
  | 'approve_override'
  | 'start'
  | 'sign'
  | 'complete'
  | 'abort';

interface HandoffFacts {
  readonly handoffId: string;
  readonly visitId: string;
  readonly stationCode: string;
  /** 1 for the first handoff of a visit; each one after an aborted one counts up. */
  readonly tryNo: number;
  readonly readyAt: number;
  /** Assignments so far, ended ones included. */
  readonly assignmentNo: number;
  /** How many of them were declined. */
  readonly declined?: number | null;
  /** What has come before the completion; null where nothing has, and once the evidence has it. */
  readonly collected: Collected | null;
  readonly version: number;
}

/** This driver for this handoff. */
export interface Assignment {
  readonly driverId: string;
  readonly assignedBy: 'scheduler' | 'operator';
  readonly decisionId: string | null;
  /** Null where it was not kept. */
  readonly assignedAt?: number | null;
  readonly plannedStartAt: number;
  readonly plannedReturnAt: number | null;
  /** The truck's pass as he was named, covering him or not. */
  readonly passId: string | null;
  /** He cannot start for want of a pass; null where he can. */
  readonly passBlock: PassBlock | null;
}

interface Start extends Assignment {
  readonly bayCode: string;
  readonly startedAt: number;
  readonly authorisation: Authorisation;
}

/** What was signed and seen in the bay. */
export interface Evidence {
  readonly from: Party;
  readonly signatures: readonly Signature[];
  readonly items: readonly HandedItem[];
  readonly odometerKm?: number;
  readonly fuelPercent?: number;
  readonly seal?: Seal;
  readonly photos: readonly Photo[];
  readonly reservations: readonly Reservation[];
  /** Of a seal that is not the recorded one. */
  readonly overrides?: readonly Override[];
}

export type RequestedHandoff = HandoffFacts & { readonly state: 'requested' };
export type AssignedHandoff = HandoffFacts & Assignment & { readonly state: 'assigned' };
export type AcceptedHandoff = HandoffFacts & Assignment & { readonly state: 'accepted' };
export type StartedHandoff = HandoffFacts & Start & { readonly state: 'started' };
export type CompletedHandoff = HandoffFacts &
  Start & { readonly state: 'completed'; readonly custodyAt: number; readonly evidence: Evidence };
export type AbortedHandoff = HandoffFacts &
  Partial<Start> & { readonly state: 'aborted'; readonly abortReason: string; readonly abortedAt: number };

/** The swap of the driver within a visit. Instants are epoch milliseconds. */
export type Handoff =
  RequestedHandoff | AssignedHandoff | AcceptedHandoff | StartedHandoff | CompletedHandoff | AbortedHandoff;
export type HandoffState = Handoff['state'];
/** A driver is bound to it. */
export type BoundHandoff = AssignedHandoff | AcceptedHandoff | StartedHandoff;

/** What a handoff may do next. What else must hold for a step stands with the step. */
export const handoffTable: TransitionTable<HandoffState, HandoffStep> = {
  requested: {
    means:
      'The truck is checked and waits for a driver. Set by the first passed check, and again when an assignment ends.',
    steps: {
      assign: 'assigned',
      authorise: 'requested',
      record_evidence: 'requested',
      approve_override: 'requested',
      abort: 'aborted',
    },
  },
  assigned: {
    means:
      'A driver is named and has to accept within the time of the policy. Set by a proposal of the scheduler or by the operator.',
    steps: {
      accept: 'accepted',
      decline: 'requested',
      expire: 'requested',
      report_no_show: 'requested',
      withdraw: 'requested',
      authorise: 'assigned',
      record_evidence: 'assigned',
      approve_override: 'assigned',
      abort: 'aborted',
    },
  },
  accepted: {
    means: 'The driver has accepted and is on his way to the bay. Set by the driver.',
    steps: {
      start: 'started',
      decline: 'requested',
      report_no_show: 'requested',
      withdraw: 'requested',
      authorise: 'accepted',
      record_evidence: 'accepted',
      approve_override: 'accepted',
      abort: 'aborted',
    },
  },
  started: {
    means: 'Both drivers are at the truck in a bay. Set by the operator; it only completes or aborts.',
    steps: {
      record_evidence: 'started',
      approve_override: 'started',
      sign: 'started',
      complete: 'completed',
      abort: 'aborted',
    },
  },
  completed: {
    means: 'Three have signed; at one instant the on-coming driver became the custodian. Set by the operator. Final.',
    steps: {},
  },
  aborted: {
    means:
      'This try ended without a swap; a new passed check requests a new handoff. Set by the operator or by the visit’s end. Final.',
    steps: {},
  },
};

/** Where a step leads. @throws Problem `illegal_state` with the allowed steps. */
export function handoffAfter(handoff: Handoff, step: HandoffStep): HandoffState {
  return takeStep('handoff', handoffTable, handoff.state, step);
}

/** Neither completed nor aborted. */
export function isLive(handoff: Handoff | undefined): handoff is RequestedHandoff | BoundHandoff {
  return handoff !== undefined && handoff.state !== 'completed' && handoff.state !== 'aborted';
}

/** Whether there is nothing left to wait for: the swap has begun, or is done. */
export function isInBay(handoff: Handoff | undefined): boolean {
  return handoff?.state === 'started' || handoff?.state === 'completed';
}

/** The bare handoff, as it is while it waits for a driver. */
export function requestedAgain(handoff: BoundHandoff): RequestedHandoff {
  const { handoffId, visitId, stationCode, tryNo, readyAt, assignmentNo, declined, collected, version } = handoff;
  return {
    handoffId,
    visitId,
    stationCode,
    tryNo,
    readyAt,
    assignmentNo,
    declined,
    collected,
    version,
    state: 'requested',
  };
}
