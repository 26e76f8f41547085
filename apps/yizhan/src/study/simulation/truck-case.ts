import type { Flow, Party } from '@yizhan/contracts';
import type { StudyTruck } from '../days/study-day.js';

/** A handoff from its request to its end, as the station keeps it. */
export interface HandoffCase {
  readonly handoffId: string;
  readonly visitId: string;
  readonly flow: Flow;
  readonly stationCode: string;
  state: 'requested' | 'assigned' | 'accepted' | 'started' | 'completed';
  driverId: string;
  plannedStartAt: number;
  /** How many assignments it has had. */
  assignments: number;
  bayCode: string;
}

/** A truck on its way in and out. */
export interface TruckCase {
  readonly facts: StudyTruck;
  custodian: Party;
  handoff: HandoffCase | undefined;
  runId: string | undefined;
  /** Since when it is back, epoch milliseconds. */
  backAt: number | undefined;
}
