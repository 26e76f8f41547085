import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { conflict } from './problems.js';

/** A driver who gets a truck into his hands, and when. */
export interface Taking {
  readonly driverId: string;
  readonly at: number;
}

/**
 * What is recorded late lies after every fact that is known of the truck: where it was, and in whose hands. Plans, checks
 * and holds are no such facts. Ask under the truck's lock. @throws Problem `conflict`.
 */
export async function assertInOrder(tx: Transaction, plate: string | undefined, at: number): Promise<void> {
  if (plate === undefined) return;
  const { last } = await tx.one<LastFact>(readLastFact, [plate]);
  if (last === null || at >= last) return;
  const message = `it happened at ${toIso(at)}, and something else has happened to truck ${plate} since: at ${toIso(last)}`;
  throw conflict('RECORD.BEFORE_THE_LAST_FACT', message, { plate, lastFactAt: toIso(last) });
}

/** And after every instant at which the driver who gets it has got, given or left another one. @throws Problem `conflict`. */
export async function assertHandsWereEmpty(tx: Transaction, { driverId, at }: Taking): Promise<void> {
  const { last } = await tx.one<LastFact>(readLastInHand, [driverId, at]);
  if (last === null) return;
  const message = `it happened at ${toIso(at)}, and driver ${driverId} has had a truck in his hands since: at ${toIso(last)}`;
  throw conflict('RECORD.BEFORE_THE_LAST_FACT', message, { driverId, lastFactAt: toIso(last) });
}

interface LastFact {
  readonly last: number | null;
}

const readLastFact = `
  SELECT greatest(
    (SELECT max(greatest(v.arrived_at, v.departed_at, v.released_at)) FROM station.visits v WHERE v.plate = $1),
    (SELECT max(greatest(h.started_at, h.custody_at, CASE WHEN h.started_at IS NOT NULL THEN h.aborted_at END))
     FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id WHERE v.plate = $1),
    (SELECT max(greatest(r.opened_at, r.closed_at)) FROM station.runs r WHERE r.plate = $1),
    (SELECT t.custody_at FROM station.trucks t WHERE t.plate = $1)) AS last`;

const since = 'to_timestamp($2::double precision / 1000)';
const longAgo = `${since} - interval '7 days'`;
const gotOrGave = (of: 'from' | 'to') =>
  `SELECT m.plate, m.moved_at AS at FROM station.custody_moves m WHERE m.${of}_kind = 'driver' AND m.${of}_id = $1`;

/**
 * A departure, or the end of a run, ends the custody of whoever had the truck last: the driver who got it, and has not given
 * it away since. Visits and handoffs of a week before are looked through.
 */
const readLastInHand = `
  WITH got AS (${gotOrGave('to')}), gave AS (${gotOrGave('from')}),
  swaps AS (
    SELECT h.visit_id, h.custody_at AS at, h.driver_id = $1 AS is_his FROM station.handoffs h
    WHERE h.ready_at >= ${longAgo} AND h.custody_at IS NOT NULL
      AND (h.driver_id = $1 OR (h.evidence->'from'->>'kind' = 'driver' AND h.evidence->'from'->>'id' = $1))),
  visits AS (
    SELECT v.visit_id, v.plate, v.arrived_at, v.departed_at, v.brought_by FROM station.visits v
    WHERE v.arrived_at >= ${longAgo} AND greatest(v.arrived_at, v.departed_at) > ${since}
      AND (v.brought_by = $1 OR v.visit_id IN (SELECT visit_id FROM swaps) OR v.plate IN (SELECT plate FROM got))),
  facts AS (
    SELECT at FROM got UNION ALL SELECT at FROM gave UNION ALL SELECT at FROM swaps
    UNION ALL SELECT v.arrived_at FROM visits v WHERE v.brought_by = $1
    UNION ALL SELECT v.departed_at FROM visits v WHERE
      greatest(CASE WHEN v.brought_by = $1 THEN v.arrived_at END,
               (SELECT max(s.at) FROM swaps s WHERE s.visit_id = v.visit_id AND s.is_his),
               (SELECT max(g.at) FROM got g WHERE g.plate = v.plate AND g.at BETWEEN v.arrived_at AND v.departed_at))
      >= coalesce(greatest((SELECT max(s.at) FROM swaps s WHERE s.visit_id = v.visit_id AND NOT s.is_his),
                           (SELECT max(g.at) FROM gave g WHERE g.plate = v.plate AND g.at BETWEEN v.arrived_at AND v.departed_at)),
                  '-infinity')
    UNION ALL SELECT r.closed_at FROM station.areas a JOIN station.runs r ON r.area_code = a.area_code
    WHERE r.state = 'closed' AND r.how <> 'returned' AND r.closed_at > ${since}
      AND (r.driver_id = $1 OR EXISTS (SELECT FROM got g WHERE g.plate = r.plate AND g.at BETWEEN r.opened_at AND r.closed_at))
      AND NOT EXISTS (SELECT FROM gave g WHERE g.plate = r.plate AND g.at BETWEEN r.opened_at AND r.closed_at))
  SELECT max(at) AS last FROM facts WHERE at > ${since}`;
