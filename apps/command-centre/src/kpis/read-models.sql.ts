const instant = (column: string): string => `to_timestamp(${column}::double precision / 1000)`;

export const readStories = `
  SELECT s.area_code AS "areaCode", s.subject, s.kind, s.facts
  FROM unnest($1::text[], $2::text[]) AS k (area_code, subject)
  JOIN command_centre.stories s ON s.area_code = k.area_code COLLATE "C" AND s.subject = k.subject COLLATE "C"`;

export const writeStories = `
  INSERT INTO command_centre.stories AS s
    (area_code, subject, kind, state, since, due, station_code, carrier_id, flow, label, facts)
  SELECT area_code, subject, kind, state, ${instant('since')}, ${instant('due')}, station_code, carrier_id, flow, label, facts
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[])
    AS r (area_code, subject, kind, state, since, due, station_code, carrier_id, flow, label, facts)
  ON CONFLICT (area_code, subject) DO UPDATE
    SET state = EXCLUDED.state, since = EXCLUDED.since, due = EXCLUDED.due, station_code = EXCLUDED.station_code,
        carrier_id = EXCLUDED.carrier_id, flow = EXCLUDED.flow, label = EXCLUDED.label, facts = EXCLUDED.facts`;

export const removeStories = `
  DELETE FROM command_centre.stories s USING unnest($1::text[], $2::text[]) AS k (area_code, subject)
  WHERE s.area_code = k.area_code COLLATE "C" AND s.subject = k.subject COLLATE "C"`;

export const addCells = `
  INSERT INTO command_centre.cells AS c (area_code, dimension, hour, code, flow, kpi, split, bucket, count)
  SELECT area_code, dimension, ${instant('hour')}, code, flow, kpi, split, bucket, count
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::bigint[])
    AS r (area_code, dimension, hour, code, flow, kpi, split, bucket, count)
  ON CONFLICT (area_code, dimension, hour, code, flow, kpi, split, bucket) DO UPDATE SET count = c.count + EXCLUDED.count`;

/** What never happened has no row, as if it had never been counted. */
export const removeEmptyCells = `
  DELETE FROM command_centre.cells c
  USING unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[])
    AS k (area_code, dimension, hour, code, flow, kpi, split, bucket)
  WHERE c.area_code = k.area_code COLLATE "C" AND c.dimension = k.dimension COLLATE "C" AND c.hour = ${instant('k.hour')}
    AND c.code = k.code COLLATE "C" AND c.flow = k.flow COLLATE "C" AND c.kpi = k.kpi COLLATE "C"
    AND c.split = k.split COLLATE "C" AND c.bucket = k.bucket AND c.count = 0`;

export const addCounts = `
  INSERT INTO command_centre.throughput AS t (hour, area_code, station_code, figure, split, count)
  SELECT ${instant('hour')}, area_code, station_code, figure, split, count
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
    AS r (hour, area_code, station_code, figure, split, count)
  ON CONFLICT (hour, area_code, station_code, figure, split) DO UPDATE SET count = t.count + EXCLUDED.count`;

export const removeEmptyCounts = `
  DELETE FROM command_centre.throughput t
  USING unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) AS k (hour, area_code, station_code, figure, split)
  WHERE t.hour = ${instant('k.hour')} AND t.area_code = k.area_code COLLATE "C"
    AND t.station_code = k.station_code COLLATE "C" AND t.figure = k.figure COLLATE "C" AND t.split = k.split COLLATE "C"
    AND t.count = 0`;

export const hearStations = `
  INSERT INTO command_centre.stations_heard AS h (area_code, station_code, heard_at)
  SELECT area_code, station_code, ${instant('heard_at')}
  FROM unnest($1::text[], $2::text[], $3::bigint[]) AS r (area_code, station_code, heard_at)
  ON CONFLICT (area_code, station_code) DO UPDATE SET heard_at = EXCLUDED.heard_at WHERE h.heard_at < EXCLUDED.heard_at`;
