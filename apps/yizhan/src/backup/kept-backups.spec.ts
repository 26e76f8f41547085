import fc from 'fast-check';
import { type Dated, keptOf, usualRule } from './kept-backups.js';

const hour = 3_600_000;
const now = Date.parse('2026-11-29T08:30:00Z');
const at = (instant: number, isUpgrade = false): Dated => ({ at: instant, isUpgrade });

it('keeps a day by the hour, two weeks by the day and two months by the week', () => {
  const hourly = Array.from({ length: 24 * 120 }, (_, index) => at(now - index * hour));
  const ages = [...keptOf(hourly)].map(({ at: instant }) => (now - instant) / hour).toSorted((a, b) => a - b);
  expect(ages.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, index) => index));
  // The last of each day, then the last of each Sunday: 2026-11-29 is one.
  expect(ages.slice(24)).toEqual([
    ...Array.from({ length: 12 }, (_, index) => 9 + 24 * (index + 1)).filter((age) => age > 23),
    ...[9 + 24 * 13 - 24, 9 + 24 * 13, 9 + 24 * 20, 9 + 24 * 27, 9 + 24 * 34, 9 + 24 * 41, 9 + 24 * 48].filter(
      (age) => age > 9 + 24 * 12,
    ),
  ]);
});

it('keeps the newest of a PC that was off for a year', () => {
  const old = [at(now - 9_000 * hour), at(now - 9_001 * hour)];
  expect(keptOf(old).size).toBe(2);
});

it('keeps those before an upgrade besides, the newest three', () => {
  const upgrades = Array.from({ length: 5 }, (_, index) => at(now - 5_000 * hour - index, true));
  const regular = Array.from({ length: 2_000 }, (_, index) => at(now - index * hour));
  const kept = keptOf([...upgrades, ...regular]);
  expect(upgrades.map((each) => kept.has(each))).toEqual([true, true, true, false, false]);
});

/** Slow and plain: a backup stays where it is the newest of its span and fewer than so many newer spans have one. */
function isKept(backup: Dated, all: readonly Dated[]): boolean {
  const staysBy = (spanOf: (instant: number) => number, count: number): boolean => {
    const newer = all.filter((each) => each.at > backup.at);
    const own = spanOf(backup.at);
    if (newer.some((each) => spanOf(each.at) === own)) return false;
    return new Set(newer.map((each) => spanOf(each.at))).size < count;
  };
  const weekOf = (instant: number): number => {
    const date = new Date(instant);
    date.setUTCHours(0, 0, 0, 0);
    date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
    return date.getTime();
  };
  return (
    staysBy((instant) => Math.floor(instant / hour), usualRule.hourly) ||
    staysBy((instant) => Date.parse(new Date(instant).toISOString().slice(0, 10)), usualRule.daily) ||
    staysBy(weekOf, usualRule.weekly)
  );
}

it('agrees with a plain reading of the rule', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: now - 100 * 24 * hour, max: now }), { maxLength: 120 }),
      (instants) => {
        const all = instants.map((instant) => at(instant));
        const kept = keptOf(all);
        expect(all.filter((each) => kept.has(each))).toEqual(all.filter((each) => isKept(each, all)));
      },
    ),
    { numRuns: 200 },
  );
});
