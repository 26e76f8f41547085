import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { Late } from '../changes/changes.js';
import { conflict } from './problems.js';

/**
 * What is recorded late lies after every fact that is known of the truck: where it was, and in whose hands. Plans, checks
 * and holds are no such facts. Ask under the truck's lock. @throws Problem `conflict`.
 */
export async function assertInOrder(tx: Transaction, { plate }: Late, at: number): Promise<void> {
  if (plate === undefined) return;
  const { last } = await tx.one<{ last: number | null }>(readLastFact, [plate]);
  if (last === null || at >= last) return;
  const message = `it happened at ${toIso(at)}, and something else has happened to truck ${plate} since: at ${toIso(last)}`;
  throw conflict('RECORD.BEFORE_THE_LAST_FACT', message, { plate, lastFactAt: toIso(last) });
}

const readLastFact = `
  SELECT greatest(
    (SELECT max(greatest(v.arrived_at, v.departed_at, v.released_at)) FROM station.visits v WHERE v.plate = $1),
    (SELECT max(greatest(h.started_at, h.custody_at, CASE WHEN h.started_at IS NOT NULL THEN h.aborted_at END))
     FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id WHERE v.plate = $1),
    (SELECT max(greatest(r.opened_at, r.closed_at)) FROM station.runs r WHERE r.plate = $1),
    (SELECT t.custody_at FROM station.trucks t WHERE t.plate = $1)) AS last`;
