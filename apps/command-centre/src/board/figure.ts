import { Histogram } from '../kpis/histogram.js';
import { noBucket } from '../kpis/measure.js';

/** A figure as it is shown: how many, and for durations how long. */
export interface Figure {
  readonly count: number;
  readonly p50Seconds?: number;
  readonly p90Seconds?: number;
  readonly p95Seconds?: number;
}

/** One figure from its buckets, of which counts have the one that is none. */
export function figureOf(buckets: Iterable<readonly [bucket: number, count: number]>): Figure {
  const histogram = new Histogram();
  let count = 0;
  for (const [bucket, times] of buckets) {
    if (bucket === noBucket) count += times;
    else histogram.add(bucket, times);
  }
  if (histogram.total === 0) return { count };
  const [p50Seconds, p90Seconds, p95Seconds] = [50, 90, 95].map((percent) => histogram.percentile(percent) / 1000);
  return { count: histogram.total, p50Seconds, p90Seconds, p95Seconds };
}
