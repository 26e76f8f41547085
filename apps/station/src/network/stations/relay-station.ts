import type { TransitionTable } from '../../cases/transition-table.js';

export type StationState = 'open' | 'suspended' | 'closed';
export type StationStep = 'suspend' | 'resume' | 'close' | 'reopen';

export const stationTable: TransitionTable<StationState, StationStep> = {
  open: {
    means: 'Trucks arrive and drivers are swapped. Set when the station is opened or resumed.',
    steps: { suspend: 'suspended', close: 'closed' },
  },
  suspended: {
    means: 'Trucks that are here stay; no handoff starts. Set by the shift lead.',
    steps: { resume: 'open', close: 'closed' },
  },
  closed: {
    means: 'No handoff starts here and no truck comes in. Set by the command centre, which can open it again.',
    steps: { reopen: 'open' },
  },
};
