import type { TransitionTable } from '../../cases/transition-table.js';

export type StationState = 'open' | 'suspended' | 'closed';
export type StationStep = 'suspend' | 'resume' | 'close';

export const stationTable: TransitionTable<StationState, StationStep> = {
  open: {
    means: 'Trucks arrive and drivers are swapped. Set when the station is opened or resumed.',
    steps: { suspend: 'suspended', close: 'closed' },
  },
  suspended: {
    means: 'Trucks that are here stay; no handoff starts. Set by the shift lead.',
    steps: { resume: 'open', close: 'closed' },
  },
  closed: { means: 'No handoff starts here any more. Set by the command centre; final.', steps: {} },
};
