/** How many backups of each age are kept. */
export interface KeepRule {
  readonly hourly: number;
  readonly daily: number;
  readonly weekly: number;
  /** Of those that were made before an upgrade, besides. */
  readonly upgrades: number;
}

/** A day by the hour, two weeks by the day, two months by the week. */
export const usualRule: KeepRule = { hourly: 24, daily: 14, weekly: 8, upgrades: 3 };

export interface Dated {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly isUpgrade: boolean;
}

const hour = 3_600_000;
const day = 24 * hour;
/** 1970-01-01 was a Thursday: weeks begin on Monday. */
const monday = 4 * day;

/**
 * Which backups are kept: the newest of each of the last hours, days and weeks (UTC) that have one, so that a PC that was off
 * for a month has not lost what it had. Never none where there is one.
 */
export function keptOf<T extends Dated>(backups: readonly T[], rule: KeepRule = usualRule): Set<T> {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at);
  const kept = new Set<T>(newestFirst.slice(0, 1));
  const keepNewestOfEach = (length: number, offset: number, count: number): void => {
    const seen = new Set<number>();
    for (const backup of newestFirst) {
      const span = Math.floor((backup.at + offset) / length);
      if (seen.has(span)) continue;
      if (seen.size === count) return;
      seen.add(span);
      kept.add(backup);
    }
  };
  keepNewestOfEach(hour, 0, rule.hourly);
  keepNewestOfEach(day, 0, rule.daily);
  keepNewestOfEach(7 * day, monday - day, rule.weekly);
  for (const backup of newestFirst.filter(({ isUpgrade }) => isUpgrade).slice(0, rule.upgrades)) kept.add(backup);
  return kept;
}
