import { Problem } from '@yizhan/kernel';
import type { TransitionTable } from '../cases/transition-table.js';
import type { LockedDriver } from './driver-facts.repository.js';

export type ShiftState = 'off' | 'on';
export type ShiftStep = 'start_shift' | 'end_shift';

export const shiftTable: TransitionTable<ShiftState, ShiftStep> = {
  off: {
    means: 'Nothing is planned for him. Set when he is enrolled and when his shift ends.',
    steps: { start_shift: 'on' },
  },
  on: {
    means: 'He takes trucks into the zone until his shift ends. Set when his shift starts at a station.',
    steps: { end_shift: 'off' },
  },
};

export const shiftStateOf = ({ facts }: LockedDriver): ShiftState => (facts.shift ? 'on' : 'off');

/** @throws Problem `conflict` where he is assigned to a handoff that has not ended: it is withdrawn or completed first. */
export function refuseWhileAssigned({ facts, liveHandoff }: LockedDriver): void {
  if (!liveHandoff) return;
  throw new Problem(
    'conflict',
    'DRIVER.HAS_LIVE_ASSIGNMENT',
    `driver ${facts.driverId} is assigned to a handoff: withdraw or complete it first`,
    { handoffId: liveHandoff.handoffId, handoffState: liveHandoff.state },
  );
}

/** @throws Problem `conflict` where he answers for a truck: he hands it over first. */
export function refuseWhileHoldingTruck({ facts, holdsPlate }: LockedDriver): void {
  if (holdsPlate === undefined) return;
  throw new Problem(
    'conflict',
    'DRIVER.HOLDS_A_TRUCK',
    `driver ${facts.driverId} answers for truck ${holdsPlate}: he hands it over first`,
    { plate: holdsPlate },
  );
}
