import { consentFolds } from './fold-consents.js';
import { custodyAndRunFolds } from './fold-custody-and-runs.js';
import { driverFolds } from './fold-drivers.js';
import { handoffFolds } from './fold-handoffs.js';
import { networkFolds } from './fold-network.js';
import { passFolds } from './fold-passes.js';
import { visitFolds } from './fold-visits.js';
import { knownTypes } from './known-types.js';
import { shortName, type PlainEvent } from './plain-event.js';
import { correct, retract } from './retraction.js';
import type { Fold, World } from './world.js';

const folds = new Map<string, Fold>(
  Object.entries({
    ...visitFolds,
    ...handoffFolds,
    ...custodyAndRunFolds,
    ...driverFolds,
    ...networkFolds,
    ...passFolds,
    ...consentFolds,
    'record.retracted': retract,
  }),
);

/** Applies an event to the state, and keeps what is needed should it be retracted. */
export function fold(event: PlainEvent, world: World): void {
  const name = shortName(event.type);
  if (!knownTypes.has(name)) return;
  const replaced = world.replacements.get(event.id);
  if (replaced) {
    world.replacements.delete(event.id);
    correct(event, world, replaced.record.data);
  } else {
    folds.get(name)?.(event, world);
  }
  const changes = world.journal.take();
  if (name === 'record.retracted') return;
  const { id, position, data } = event;
  if (!replaced) {
    world.archive.keep(event.subject, { id, name, position, data, changes, retracted: false });
    return;
  }
  const all = [...replaced.record.changes, ...changes];
  world.archive.replace(event.subject, replaced.record, { id, name, position, data, changes: all, retracted: false });
}
