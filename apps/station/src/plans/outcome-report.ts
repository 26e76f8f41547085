import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';

/** What came of a plan, from its activation to its end. */
export interface OutcomeReport {
  readonly planId: string;
  readonly zoneId: string;
  readonly from: string;
  readonly until: string;
  readonly trucks: {
    /** Came to a station to go into the zone, and out of it. */
    readonly arrivedIn: number;
    readonly arrivedOut: number;
    /** Left with another driver. */
    readonly swapped: number;
    readonly turnedAway: number;
    readonly redirected: number;
    /** Still at a station when the plan ended. */
    readonly stillThere: number;
  };
  /** Of trucks that were not turned away; by category and direction. Consignments without a weight count as none. */
  readonly tonnes: readonly {
    readonly category: string;
    readonly flow: string;
    readonly consignments: number;
    readonly tonnes: number;
  }[];
  /** 滞留: more than 4 h at a station; the hours are those beyond the four. */
  readonly stranded: { readonly visits: number; readonly hours: number };
  readonly handoffs: number;
  readonly relayDrivers: number;
  /** As the enterprises of the zone have said; those that said nothing are left out. */
  readonly capacity: readonly {
    readonly enterpriseId: string;
    readonly reports: number;
    readonly averagePercent: number;
    readonly lastPercent: number;
  }[];
}

interface Asked {
  readonly planId: string;
  readonly zoneId: string;
  readonly from: number;
  readonly until: number;
}

interface Counts {
  readonly trucks: OutcomeReport['trucks'];
  readonly stranded: OutcomeReport['stranded'];
}

/** Counts from the station's own tables. */
export async function reportOn(tx: Transaction, { planId, zoneId, from, until }: Asked): Promise<OutcomeReport> {
  const values = [zoneId, from, until];
  const [{ trucks, stranded }, tonnes, swaps, capacity] = await Promise.all([
    tx.one<Counts>(countVisits, values),
    tx.rows<OutcomeReport['tonnes'][number]>(sumTonnes, values),
    tx.one<Pick<OutcomeReport, 'handoffs' | 'relayDrivers'>>(countHandoffs, values),
    tx.rows<OutcomeReport['capacity'][number]>(averageCapacity, values),
  ]);
  return { planId, zoneId, from: toIso(from), until: toIso(until), trucks, tonnes, stranded, ...swaps, capacity };
}

const within = `
  v.zone_id = $1 AND v.state IN ('arrived', 'departed')
  AND v.arrived_at >= to_timestamp($2::double precision / 1000) AND v.arrived_at <= to_timestamp($3::double precision / 1000)`;

const beyondFour = `extract(epoch FROM coalesce(v.departed_at, to_timestamp($3::double precision / 1000)) - v.arrived_at) / 3600 - 4`;

const countVisits = `
  SELECT json_build_object(
           'arrivedIn', count(*) FILTER (WHERE v.flow = 'into_zone'), 'arrivedOut', count(*) FILTER (WHERE v.flow = 'out_of_zone'),
           'swapped', count(*) FILTER (WHERE v.outcome = 'swapped'), 'turnedAway', count(*) FILTER (WHERE v.outcome = 'turned_away'),
           'redirected', count(*) FILTER (WHERE v.outcome = 'redirected'), 'stillThere', count(*) FILTER (WHERE v.state = 'arrived')
         ) AS trucks,
         json_build_object(
           'visits', count(*) FILTER (WHERE ${beyondFour} > 0),
           'hours', round(coalesce(sum(${beyondFour}) FILTER (WHERE ${beyondFour} > 0), 0)::numeric, 2)) AS stranded
  FROM station.visits v WHERE ${within}`;

const sumTonnes = `
  SELECT c.category, v.flow, count(*)::integer AS consignments, round(coalesce(sum(c.tonnes), 0)::numeric, 3)::double precision AS tonnes
  FROM station.visits v CROSS JOIN LATERAL jsonb_to_recordset(v.consignments) AS c(category text, tonnes double precision)
  WHERE ${within} AND v.outcome IS DISTINCT FROM 'turned_away'
  GROUP BY c.category, v.flow ORDER BY c.category, v.flow`;

const countHandoffs = `
  SELECT count(*)::integer AS handoffs,
         count(DISTINCT h.driver_id) FILTER (WHERE v.flow = 'into_zone')::integer AS "relayDrivers"
  FROM station.visits v JOIN station.handoffs h ON h.visit_id = v.visit_id AND h.state = 'completed' WHERE ${within}`;

const averageCapacity = `
  SELECT r.enterprise_id AS "enterpriseId", count(*)::integer AS reports,
         round(avg(r.capacity_percent)::numeric, 2)::double precision AS "averagePercent",
         (array_agg(r.capacity_percent ORDER BY r.reported_at DESC))[1] AS "lastPercent"
  FROM station.capacity_reports r JOIN station.enterprises e ON e.enterprise_id = r.enterprise_id
  WHERE e.zone_id = $1 AND r.reported_at >= to_timestamp($2::double precision / 1000)
    AND r.reported_at <= to_timestamp($3::double precision / 1000)
  GROUP BY r.enterprise_id ORDER BY r.enterprise_id`;
