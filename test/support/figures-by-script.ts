import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@yizhan/persistence';
import { figureOf } from '../../apps/command-centre/src/board/figure.js';

interface Computed {
  readonly counts: Readonly<Record<string, number>>;
  readonly spans: Readonly<Record<string, readonly number[]>>;
  readonly loads: Readonly<Record<string, number>>;
}

type Dimension = 'station' | 'carrier' | 'enterprise';

/** The figures of an export as `test/support/kpis.py` computes them, which shares nothing with the product. */
export function figuresByScript(documents: readonly string[]): Computed {
  const folder = mkdtempSync(join(tmpdir(), 'kpis-'));
  try {
    const file = join(folder, 'events.ndjson');
    writeFileSync(file, `${documents.join('\n')}\n`);
    const script = join(__dirname, 'kpis.py');
    const { status, stdout, stderr } = spawnSync('python3', [script, file], { encoding: 'utf8', maxBuffer: 1e9 });
    if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as Computed;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A count, or how many durations and their p50, p90 and p95 in seconds. */
type Told = readonly number[];

/** Every figure of a dimension by "area|hour|code|flow|figure|split", as the script has it. */
export function expectedFigures({ counts, spans, loads }: Computed, dimension: Dimension): Map<string, Told> {
  if (dimension === 'enterprise') return new Map(Object.entries(loads).map(([place, count]) => [place, [count]]));
  const all = new Map<string, Told>();
  for (const [key, count] of Object.entries(counts)) {
    const place = placed(key, dimension);
    if (place !== undefined) all.set(place, [(all.get(place)?.[0] ?? 0) + count]);
  }
  const durations = new Map<string, number[]>();
  for (const [key, values] of Object.entries(spans)) {
    const place = placed(key, dimension);
    if (place !== undefined) durations.set(place, [...(durations.get(place) ?? []), ...values]);
  }
  for (const [place, values] of durations) {
    const sorted = values.toSorted((a, b) => a - b);
    const nearest = (percent: number): number => (sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? NaN) / 1000;
    all.set(place, [sorted.length, nearest(50), nearest(90), nearest(95)]);
  }
  return all;
}

function placed(key: string, dimension: 'station' | 'carrier'): string | undefined {
  const [area, hour, station, carrier, ...others] = key.split('|');
  const code = dimension === 'station' ? station : carrier;
  return dimension === 'carrier' && code === '' ? undefined : [area, hour, code, ...others].join('|');
}

/** The same, as the product keeps it. */
export async function keptFigures(database: Database, dimension: Dimension): Promise<Map<string, Told>> {
  const rows = await database.rows<{ key: string; hour: number; rest: string; buckets: number[]; counts: number[] }>(
    `SELECT area_code AS key, hour, concat_ws('|', code, flow, kpi, split) AS rest,
       array_agg(bucket ORDER BY bucket) AS buckets, array_agg(count::int ORDER BY bucket) AS counts
     FROM command_centre.cells WHERE dimension = $1 GROUP BY area_code, hour, code, flow, kpi, split`,
    [dimension],
  );
  return new Map(
    rows.map(({ key, hour, rest, buckets, counts }) => {
      const figure = figureOf(buckets.map((bucket, index) => [bucket, counts[index] ?? 0] as const));
      const { count, p50Seconds, p90Seconds, p95Seconds } = figure;
      const told = [count, p50Seconds, p90Seconds, p95Seconds].filter((value) => value !== undefined);
      return [`${key}|${hour}|${rest}`, told] as const;
    }),
  );
}

/** Counts are the same, and durations within 1.5 %. @returns what differs, a line each. */
export function differences(expected: ReadonlyMap<string, Told>, kept: ReadonlyMap<string, Told>): string[] {
  const keys = new Set([...expected.keys(), ...kept.keys()]);
  return [...keys].toSorted().flatMap((key) => {
    const [count, ...durations] = expected.get(key) ?? [];
    const [keptCount, ...keptDurations] = kept.get(key) ?? [];
    const isSame =
      count === keptCount &&
      durations.length === keptDurations.length &&
      durations.every((value, index) => Math.abs((keptDurations[index] ?? NaN) - value) <= 0.015 * value);
    return isSame ? [] : [`${key}: ${String(expected.get(key))}, kept ${String(kept.get(key))}`];
  });
}
