import type { YizhanEvent } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import { foldInto } from './read-models.js';

const gathered = new WeakMap<Transaction, YizhanEvent[]>();

/** Keeps an event until its transaction is about to end. */
export function gather(event: YizhanEvent, tx: Transaction): void {
  const events = gathered.get(tx);
  if (events) events.push(event);
  else gathered.set(tx, [event]);
}

/** Folds what was gathered in the transaction, all at once. @throws where one of the events cannot be folded. */
export async function foldGathered(tx: Transaction): Promise<void> {
  const events = gathered.get(tx);
  if (!events) return;
  gathered.delete(tx);
  await foldInto(tx, events);
}
