import { capacitySourceNames, type CapacitySourceName } from '../kpis/kpis.js';

/** Above-scale enterprises of one county of an area. */
export interface CapacityTotal {
  readonly areaCode: string;
  readonly countyCode: string;
  readonly enterprises: number;
  /** Of their usual output together. */
  readonly weight: number;
}

/** Those of them of which a source says something at a moment. */
export interface CapacityPart {
  readonly at: number;
  readonly areaCode: string;
  readonly countyCode: string;
  readonly source: CapacitySourceName;
  readonly covered: number;
  readonly weight: number;
  /** Sum of weight times percent. */
  readonly kept: number;
}

/** Capacity kept as one source tells it. */
export interface CapacityKept {
  readonly source: CapacitySourceName;
  readonly enterprises: number;
  readonly covered: number;
  readonly coveredWeightPercent?: number;
  readonly ofAllPercent?: number;
  readonly ofCoveredPercent?: number;
}

/** Each source for itself, over all the enterprises of `totals`. */
export function capacityKept(totals: readonly CapacityTotal[], parts: readonly CapacityPart[]): CapacityKept[] {
  const enterprises = sum(totals, (total) => total.enterprises);
  const all = sum(totals, ({ weight }) => weight);
  return capacitySourceNames.map((source) => {
    const own = parts.filter((part) => part.source === source);
    const covered = sum(own, (part) => part.covered);
    const weight = sum(own, (part) => part.weight);
    const kept = sum(own, (part) => part.kept);
    return {
      source,
      enterprises,
      covered,
      ...(all > 0 && { coveredWeightPercent: hundredths((100 * weight) / all) }),
      // Where it says nothing of anybody, nothing is known, which is not none.
      ...(all > 0 && covered > 0 && { ofAllPercent: hundredths(kept / all) }),
      ...(weight > 0 && { ofCoveredPercent: hundredths(kept / weight) }),
    };
  });
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);
const hundredths = (value: number): number => Math.round(value * 100) / 100;
