import { inOrderOfKey } from '@yizhan/event-log';
import { countedUpTo } from '../counted-up-to.js';

const instant = (expression: string): string => `to_timestamp(${expression}::double precision / 1000)`;

export const readAreas = `
  SELECT DISTINCT area_code AS "areaCode" FROM command_centre.stories
  WHERE kind = 'station' AND state IS NOT NULL ORDER BY area_code`;

/** A clock that was set back must not keep everybody from looking. */
export const claimLook = `
  INSERT INTO command_centre.alert_watches AS w (area_code, looked_at) VALUES ($1, ${instant('$2')})
  ON CONFLICT (area_code) DO UPDATE SET looked_at = EXCLUDED.looked_at
  WHERE w.looked_at <= ${instant('$2')} - $3::int * interval '1 millisecond' OR w.looked_at > ${instant('$2')}
  RETURNING area_code`;

export const isBehind = `
  SELECT EXISTS (
    SELECT FROM (${inOrderOfKey('e.type, e.recorded_at', '$1', countedUpTo('$1', '$4'))}) AS own
    WHERE own.type = ANY($2) AND own.recorded_at < ${instant('$3')}) AS behind`;

export const readOpenStories = `
  SELECT kind, subject, state, since, due, station_code AS "stationCode", flow, label, facts
  FROM command_centre.stories
  WHERE area_code = $1 AND state IS NOT NULL AND kind IN ('visit', 'run', 'driver', 'station') ORDER BY subject`;

export const readHeard = `
  SELECT station_code AS "stationCode", heard_at AS "heardAt" FROM command_centre.stations_heard WHERE area_code = $1`;

/** The newest of each station between two instants. */
export const readLevels = `
  SELECT DISTINCT ON (station_code) rule, station_code AS "stationCode", trucks FROM command_centre.alert_levels
  WHERE area_code = $1 AND rule = $2 AND at <= ${instant('$3')} AND at >= ${instant('$4')}
  ORDER BY station_code, at DESC`;

export const keepLevels = `
  INSERT INTO command_centre.alert_levels (area_code, rule, station_code, at, trucks)
  SELECT $1, rule, station_code, ${instant('$2')}, trucks
  FROM unnest($3::text[], $4::text[], $5::int[]) AS r (rule, station_code, trucks)
  ON CONFLICT (area_code, rule, station_code, at) DO UPDATE SET trucks = EXCLUDED.trucks`;

export const forgetLevels = `DELETE FROM command_centre.alert_levels WHERE area_code = $1 AND at < ${instant('$2')}`;

export const alertColumns = `
  alert_id AS "alertId", area_code AS "areaCode", key, rule, station_code AS "stationCode", label, level, value, count, subjects,
  opened_at AS "openedAt", raised_at AS "raisedAt", acknowledged_at AS "acknowledgedAt", acknowledged_by AS "acknowledgedBy",
  acknowledged_before_at AS "acknowledgedBeforeAt", acknowledged_before_by AS "acknowledgedBeforeBy",
  escalated_at AS "escalatedAt", resolved_at AS "resolvedAt"`;

/** Somebody who acknowledges one meanwhile waits until what was seen is written. */
export const readStanding = `
  SELECT ${alertColumns} FROM command_centre.alerts WHERE area_code = $1 AND resolved_at IS NULL ORDER BY key FOR UPDATE`;

export const openAlerts = `
  INSERT INTO command_centre.alerts
    (alert_id, area_code, key, rule, station_code, label, level, value, count, subjects, opened_at, raised_at)
  SELECT "alertId", $1, key, rule, "stationCode", label, level, value, count, subjects, ${instant('"openedAt"')},
         ${instant('"raisedAt"')}
  FROM json_to_recordset($2::json) AS r ("alertId" uuid, key text, rule text, "stationCode" text, label text, level text,
    value double precision, count int, subjects text[], "openedAt" bigint, "raisedAt" bigint)`;

export const updateAlerts = `
  UPDATE command_centre.alerts a
  SET level = r.level, value = r.value, count = r.count, subjects = r.subjects, raised_at = ${instant('r."raisedAt"')},
      acknowledged_at = ${instant('r."acknowledgedAt"')}, acknowledged_by = r."acknowledgedBy",
      acknowledged_before_at = ${instant('r."acknowledgedBeforeAt"')}, acknowledged_before_by = r."acknowledgedBeforeBy",
      escalated_at = ${instant('r."escalatedAt"')}
  FROM json_to_recordset($1::json) AS r ("alertId" uuid, level text, value double precision, count int, subjects text[],
    "raisedAt" bigint, "acknowledgedAt" bigint, "acknowledgedBy" text, "acknowledgedBeforeAt" bigint,
    "acknowledgedBeforeBy" text, "escalatedAt" bigint)
  WHERE a.alert_id = r."alertId"`;

export const resolveAlerts = `
  UPDATE command_centre.alerts SET resolved_at = ${instant('$2')} WHERE alert_id = ANY($1::uuid[])`;

export const acknowledgeAlert = `
  UPDATE command_centre.alerts SET acknowledged_at = ${instant('$3')}, acknowledged_by = $4
  WHERE alert_id = $1 AND area_code = $2 AND resolved_at IS NULL AND acknowledged_by IS NULL
  RETURNING ${alertColumns}`;

export const readAlert = `
  SELECT ${alertColumns} FROM command_centre.alerts WHERE alert_id = $1 AND area_code = $2`;

export const listAlerts = `
  SELECT ${alertColumns} FROM command_centre.alerts
  WHERE area_code = $1 AND ($2::text[] IS NULL OR station_code = ANY($2))
    AND ($3::text IS NULL OR (resolved_at IS NULL) = ($3 = 'open'))
    AND ($4::text IS NULL OR level = $4) AND ($5::text IS NULL OR rule = $5)
    AND ($6::double precision IS NULL OR (opened_at, alert_id) < (${instant('$6')}, $7::uuid))
  ORDER BY opened_at DESC, alert_id DESC LIMIT $8`;
