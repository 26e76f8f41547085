import { inOrderOfKey } from '@yizhan/event-log';
import { cellsOfScope } from '../board/area-figures.js';
import { alertColumns } from '../alerts/alerts.sql.js';
import { countedUpTo } from '../counted-up-to.js';

const instant = (parameter: string): string => `to_timestamp(${parameter}::double precision / 1000)`;

const keyedBy = (key: string): string => `
  SELECT ${key} AS key, kpi, CASE WHEN kpi = 'arrivals' THEN flow ELSE '' END AS flow, bucket, sum(count)::bigint AS count
  FROM command_centre.cells WHERE ${cellsOfScope} AND kpi = ANY($5)
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

export const readByStation = keyedBy('code');

/** $6 is where local days begin, seconds ahead of UTC; the key is the beginning of the day, epoch milliseconds. */
export const readByDay = keyedBy(
  `((extract(epoch FROM date_bin('1 day', hour, to_timestamp(-$6::double precision))) * 1000)::bigint)::text`,
);

export const readByHour = `
  SELECT hour,
    coalesce(sum(count) FILTER (WHERE kpi = 'arrivals' AND flow = 'into_zone'), 0)::bigint AS "arrivalsIn",
    coalesce(sum(count) FILTER (WHERE kpi = 'arrivals' AND flow = 'out_of_zone'), 0)::bigint AS "arrivalsOut",
    coalesce(sum(count) FILTER (WHERE kpi = 'departures'), 0)::bigint AS departures
  FROM command_centre.cells WHERE ${cellsOfScope} AND kpi IN ('arrivals', 'departures') GROUP BY hour ORDER BY hour`;

/** $1 area, $2 codes or null, $3 and $4 the time in which they stood. */
const stoodWithin = `area_code = $1 AND ($2::text[] IS NULL OR station_code = ANY($2))
  AND opened_at < ${instant('$4')} AND (resolved_at IS NULL OR resolved_at > ${instant('$3')})`;

export const readAlertRules = `
  SELECT rule, count(*)::int AS stood, (count(*) FILTER (WHERE level = 'critical'))::int AS critical,
    (count(*) FILTER (WHERE coalesce(acknowledged_at, acknowledged_before_at) IS NOT NULL))::int AS acknowledged,
    (count(*) FILTER (WHERE escalated_at IS NOT NULL))::int AS escalated,
    (count(*) FILTER (WHERE resolved_at IS NULL OR resolved_at >= ${instant('$4')}))::int AS "atEnd",
    floor(max(extract(epoch FROM least(coalesce(resolved_at, ${instant('$4')}), ${instant('$4')}, ${instant('$5')})
      - greatest(opened_at, ${instant('$3')}))))::int AS "longestSeconds"
  FROM command_centre.alerts WHERE ${stoodWithin} GROUP BY rule ORDER BY 2 DESC, 1`;

export const readAlertsOfStations = `
  SELECT station_code AS "stationCode", count(*)::int AS count FROM command_centre.alerts
  WHERE ${stoodWithin} GROUP BY station_code`;

export const readAlertsOfPeriod = `
  SELECT ${alertColumns} FROM command_centre.alerts WHERE ${stoodWithin}
  ORDER BY opened_at DESC, alert_id DESC LIMIT $5`;

/** What there is of the area: its stations, how many trucks are there, and what is open. */
export const readStandingOfArea = `
  SELECT kind, station_code AS "stationCode", label, count(*)::int AS count FROM command_centre.stories
  WHERE area_code = $1 AND ($2::text[] IS NULL OR station_code = ANY($2))
    AND (kind = 'station' AND state IS NOT NULL OR kind = 'exception' AND state IS NOT NULL
      OR kind = 'visit' AND state IS NOT NULL AND state NOT IN ('announced', 'queued_outside'))
  GROUP BY kind, station_code, label ORDER BY kind, station_code, label`;

export const readFirstHour = `
  SELECT min(hour) AS hour FROM command_centre.cells WHERE area_code = $1 AND dimension = 'station'`;

export const countHeldUp = `
  SELECT count(*)::int AS count FROM command_centre.parked_events WHERE consumer_group = $2 AND partition_key = $1`;

/** Of the types that are counted; $4 is when the time ends, $5 how many are counted at most. */
export const countToCome = `
  SELECT count(*)::int AS count FROM (
    SELECT FROM (${inOrderOfKey('e.type, e.recorded_at', '$1', countedUpTo('$1', '$2'))}) AS own
    WHERE own.type = ANY($3) AND own.recorded_at < ${instant('$4')}
    LIMIT $5) AS behind`;
