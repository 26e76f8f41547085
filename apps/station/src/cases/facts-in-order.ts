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
const moves = (of: 'from' | 'to') =>
  `SELECT m.plate, m.moved_at AS at FROM station.custody_moves m WHERE m.${of}_kind = 'driver' AND m.${of}_id = $1`;
const lastOf = (name: 'got' | 'gave') =>
  `(SELECT max(o.at) FROM ${name} o WHERE o.plate = v.plate AND o.at BETWEEN v.arrived_at AND v.departed_at)`;

/**
 * A departure, or the end of a run, ends the custody of whoever had the truck last: the driver who got it, and has not given
 * it to another one since.
 */
const readLastInHand = `
  WITH got AS (${moves('to')}), gave AS (${moves('from')}),
  departures AS (
    SELECT v.departed_at AS at, greatest(CASE WHEN v.brought_by = $1 THEN v.arrived_at END, h.got_at, ${lastOf('got')}) AS got_at,
      greatest(h.gave_at, ${lastOf('gave')}) AS gave_at
    FROM station.stations s JOIN station.visits v ON v.station_code = s.station_code AND v.departed_at > ${since}
    LEFT JOIN LATERAL (
      SELECT max(h.custody_at) FILTER (WHERE h.driver_id = $1) AS got_at, max(h.custody_at) FILTER (WHERE h.driver_id <> $1) AS gave_at
      FROM station.handoffs h WHERE h.visit_id = v.visit_id AND h.state = 'completed') h ON true)
  SELECT max(at) AS last FROM (
    SELECT at FROM got UNION ALL SELECT at FROM gave
    UNION ALL SELECT v.arrived_at FROM station.visits v WHERE v.brought_by = $1 AND v.arrived_at > ${since}
    UNION ALL SELECT h.custody_at FROM station.stations s
      JOIN station.handoffs h ON h.station_code = s.station_code AND h.state = 'completed' AND h.custody_at > ${since}
      WHERE h.driver_id = $1 OR (h.evidence->'from'->>'kind' = 'driver' AND h.evidence->'from'->>'id' = $1)
    UNION ALL SELECT d.at FROM departures d WHERE d.got_at >= coalesce(d.gave_at, '-infinity')
    UNION ALL SELECT r.closed_at FROM station.areas a
      JOIN station.runs r ON r.area_code = a.area_code AND r.state = 'closed' AND r.closed_at > ${since}
      WHERE r.how <> 'returned'
        AND (r.driver_id = $1 OR EXISTS (SELECT FROM got g WHERE g.plate = r.plate AND g.at BETWEEN r.opened_at AND r.closed_at))
        AND NOT EXISTS (SELECT FROM gave g WHERE g.plate = r.plate AND g.at BETWEEN r.opened_at AND r.closed_at)
  ) AS facts WHERE at > ${since}`;
