import type { TransitionTable } from '../../apps/station/src/cases/transition-table.js';
import { handoffTable } from '../../apps/station/src/handoffs/handoff.js';
import { visitTable } from '../../apps/station/src/visits/visit.js';

/** Which step leads where, for a console that goes on without the service. */
export function renderStepTables(): string {
  return `${JSON.stringify({ visit: stepsOf(visitTable), handoff: stepsOf(handoffTable) }, undefined, 2)}\n`;
}

const stepsOf = (table: TransitionTable<string, string>) =>
  Object.fromEntries(Object.entries(table).map(([state, { steps }]) => [state, steps]));
