import type { Flow, Party } from '@yizhan/contracts';
import type { Trip } from './trip.js';

export interface HandoffCase {
  readonly handoffId: string;
  /** 1 for the first handoff of the visit. */
  readonly tryNo: number;
  state: 'requested' | 'assigned' | 'accepted' | 'started' | 'completed';
  assignmentNo: number;
  driverId?: string;
  plannedStartAt: number;
  /** The on-coming driver stands at the truck. */
  isDriverThere: boolean;
}

/** A visit as the people at the station see it. */
export interface VisitCase {
  readonly visitId: string;
  readonly trip: Trip;
  readonly flow: Flow;
  readonly stationCode: string;
  readonly arrivedAt: number;
  custodian: Party;
  timesChecked: number;
  /** How many handoffs were requested for it. */
  handoffs: number;
  isPassed: boolean;
  isHeld: boolean;
  isReleased: boolean;
  hasBeenQueued: boolean;
  /** The bay that is kept for it. */
  bayCode?: string;
  handoff?: HandoffCase;
}

/** Slots of the agenda for one visit: what can be pending at the same time. */
export function slotsOf(visitId: string) {
  return {
    check: `check:${visitId}`,
    hold: `hold:${visitId}`,
    answer: `answer:${visitId}`,
    /** The on-coming driver: on his way, or reported as a no-show. */
    driver: `driver:${visitId}`,
    bay: `bay:${visitId}`,
    swap: `swap:${visitId}`,
    park: `park:${visitId}`,
    leave: `leave:${visitId}`,
  } as const;
}
