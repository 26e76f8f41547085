import type { TransitionTable } from '../../cases/transition-table.js';

export type ZoneState = 'active' | 'lifted';
export type ZoneStep = 'activate' | 'lift';

export const zoneTable: TransitionTable<ZoneState, ZoneStep> = {
  active: { means: 'Outside drivers may not enter. Set when the zone is activated.', steps: { lift: 'lifted' } },
  lifted: {
    means: 'Everybody may drive in again; open runs are ended one by one. It can be activated anew.',
    steps: { activate: 'active' },
  },
};
