const instant = (column: string): string => `to_timestamp(${column}::double precision / 1000)`;

/** Of a list of `DescribedEnterprise` as JSON. */
export const describe = `
  INSERT INTO command_centre.enterprises AS e
    (area_code, enterprise_id, county_code, above_scale, output_weight, usual_loads_in, usual_loads_out)
  SELECT "areaCode", "enterpriseId", "countyCode", "aboveScale", "outputWeight", "usualLoadsIn", "usualLoadsOut"
  FROM json_to_recordset($1) AS r("areaCode" text, "enterpriseId" text, "countyCode" text, "aboveScale" boolean,
    "outputWeight" double precision, "usualLoadsIn" double precision, "usualLoadsOut" double precision)
  ON CONFLICT (area_code, enterprise_id) DO UPDATE
    SET county_code = EXCLUDED.county_code, above_scale = EXCLUDED.above_scale, output_weight = EXCLUDED.output_weight,
        usual_loads_in = EXCLUDED.usual_loads_in, usual_loads_out = EXCLUDED.usual_loads_out`;

/** Of a list of `CapacityReport` as JSON. */
export const report = `
  INSERT INTO command_centre.capacity_reports (area_code, enterprise_id, source, at, percent)
  SELECT "areaCode", "enterpriseId", source, ${instant('r.at')}, percent
  FROM json_to_recordset($1) AS r("areaCode" text, "enterpriseId" text, source text, at bigint, percent double precision)
  ON CONFLICT (area_code, enterprise_id, source, at) DO UPDATE SET percent = EXCLUDED.percent`;

const above = `
  SELECT area_code, county_code, enterprise_id, output_weight, usual_loads_in, usual_loads_out FROM command_centre.enterprises
  WHERE above_scale AND ($1::text[] IS NULL OR area_code = ANY ($1)) AND ($2::text[] IS NULL OR county_code = ANY ($2))`;

/** $1 areas, $2 counties; all where null. */
export const readTotals = `
  SELECT area_code AS "areaCode", county_code AS "countyCode", count(*)::int AS enterprises, sum(output_weight) AS weight
  FROM (${above}) AS e GROUP BY 1, 2 ORDER BY 1, 2`;

/**
 * What those that say something kept up, by area, county, source and moment. $3 moments, $4 where the hours of each begin, $5 where
 * they end, all epoch milliseconds; $6 names of the sources with reports, $7 for how many seconds each counts; $8 the figure that is
 * counted by enterprise, $9 of how many seconds it must be, $10 the name of its source.
 */
export const readKept = `
  WITH e AS (${above}),
  m AS (
    SELECT ${instant('at')} AS at, ${instant('first')} AS first, ${instant('last')} AS last
    FROM unnest($3::bigint[], $4::bigint[], $5::bigint[]) AS m (at, first, last)
  ),
  reported AS (
    SELECT m.at, e.area_code, e.county_code, e.output_weight, s.source, r.percent
    FROM m CROSS JOIN unnest($6::text[], $7::int[]) AS s (source, seconds) CROSS JOIN e
    CROSS JOIN LATERAL (
      SELECT r.percent FROM command_centre.capacity_reports r
      WHERE r.area_code = e.area_code AND r.enterprise_id = e.enterprise_id AND r.source = s.source COLLATE "C"
        AND r.at <= m.at AND r.at > m.at - s.seconds * interval '1 second'
      ORDER BY r.at DESC LIMIT 1) AS r
  ),
  -- Since when loads are counted in each area, and for how many days of each moment.
  counted AS (
    SELECT m.at, m.last, a.area_code, greatest(m.first, a.since) AS since,
      extract(epoch FROM m.at - greatest(m.first, a.since))::double precision / 86400 AS days
    FROM m CROSS JOIN (
      SELECT area_code, (SELECT min(hour) FROM command_centre.cells c
                         WHERE c.area_code = own.area_code AND c.dimension = 'enterprise' AND c.kpi = $8) AS since
      FROM (SELECT DISTINCT area_code FROM e) AS own) AS a
    WHERE a.since IS NOT NULL AND extract(epoch FROM m.at - greatest(m.first, a.since)) >= $9::int
  ),
  -- For each area by itself, so that it is always read from the index: a province has a million of these rows in a week.
  loads AS (
    SELECT k.at, k.area_code, c.code, c.loads_in, c.loads_out
    FROM counted k CROSS JOIN LATERAL (
      SELECT code, sum(count) FILTER (WHERE flow = 'into_zone') AS loads_in,
        sum(count) FILTER (WHERE flow = 'out_of_zone') AS loads_out
      FROM command_centre.cells
      WHERE area_code = k.area_code AND dimension = 'enterprise' AND kpi = $8 AND hour >= k.since AND hour < k.last
      GROUP BY code) AS c
  ),
  flow AS (
    SELECT k.at, e.area_code, e.county_code, e.output_weight, $10::text AS source, 100 * least(
        CASE WHEN e.usual_loads_in > 0 THEN coalesce(l.loads_in, 0)::double precision / (e.usual_loads_in * k.days) END,
        CASE WHEN e.usual_loads_out > 0 THEN coalesce(l.loads_out, 0)::double precision / (e.usual_loads_out * k.days) END
      ) AS percent
    FROM counted k JOIN e ON e.area_code = k.area_code
    LEFT JOIN loads l ON l.at = k.at AND l.area_code = e.area_code AND l.code = e.enterprise_id
    WHERE e.usual_loads_in > 0 OR e.usual_loads_out > 0
  )
  SELECT at, area_code AS "areaCode", county_code AS "countyCode", source, count(*)::int AS covered,
    sum(output_weight) AS weight, sum(output_weight * least(percent, 100)) AS kept
  FROM (SELECT * FROM reported UNION ALL SELECT * FROM flow) AS all_of_them
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
