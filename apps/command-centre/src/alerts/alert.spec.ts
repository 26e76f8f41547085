import fc from 'fast-check';
import { alertsAfter, levelAfter, type StandingAlert } from './alert.js';
import type { AlertLevel } from './alert-rule.js';
import { alertRule, type AlertRuleName, alertRuleNames } from './alert-rules.js';
import { isQuiet, quietUntil } from './quiet-hours.js';
import type { Reading } from './readings.js';

const minute = 60_000;
const noon = Date.parse('2026-03-02T04:00:00.000Z');
const levels = ['warn', 'critical'] as const;

const readingOf = (rule: AlertRuleName, value: number): Reading => ({
  rule,
  key: rule,
  stationCode: 'jindong',
  label: '',
  value,
  count: 1,
  subjects: [],
});

/** Values at and beside every edge of a rule, and others. */
const valuesOf = (name: AlertRuleName) => {
  const { warn, critical } = alertRule(name);
  const edges = [warn.at, warn.until, critical.at, critical.until];
  const atEdges = fc.constantFrom(...edges.flatMap((edge) => [edge - 1, edge, edge + 1]));
  return fc.oneof(atEdges, fc.integer({ min: 0, max: 2 * critical.at }));
};

/** One look: what it finds of the cause, if anything, how much later than the last, and whether somebody is at it before. */
const looksOf = (name: AlertRuleName) =>
  fc.array(
    fc.record({
      value: fc.option(valuesOf(name), { nil: undefined }),
      later: fc.constantFrom(1, 5, 20, 61, 600),
      isAcknowledged: fc.boolean(),
    }),
    { maxLength: 40 },
  );
type Look = { readonly value: number | undefined; readonly later: number; readonly isAcknowledged: boolean };

/** The level after looks, from the whole of them: the last value outside the band of a level says whether it holds. */
function slowLevel(name: AlertRuleName, values: readonly number[]): AlertLevel | undefined {
  const holds = (level: AlertLevel): boolean => {
    const { at, until } = alertRule(name)[level];
    const last = values.findLast((value) => value >= at || value < until);
    return last !== undefined && last >= at;
  };
  if (holds('critical')) return 'critical';
  return holds('warn') ? 'warn' : undefined;
}

/** Plays looks on one cause, with every alert written down and read again between them. */
function play(name: AlertRuleName, looks: readonly Look[]) {
  let at = noon;
  let ids = 0;
  let before: StandingAlert[] = [];
  const told: { opened: number; resolved: number; standing: StandingAlert | undefined; at: number }[] = [];
  for (const { value, later, isAcknowledged } of looks) {
    at += later * minute;
    if (isAcknowledged) {
      before = before.map((alert) => ({
        ...alert,
        acknowledgedAt: alert.acknowledgedAt ?? at,
        acknowledgedBy: alert.acknowledgedBy ?? 'x',
      }));
    }
    const readings = value === undefined ? [] : [readingOf(name, value)];
    const after = alertsAfter(before, readings, at, () => `alert ${(ids += 1)}`);
    before = JSON.parse(JSON.stringify([...after.opened, ...after.standing])) as StandingAlert[];
    expect(before.length).toBeLessThanOrEqual(1);
    told.push({ opened: after.opened.length, resolved: after.resolved.length, standing: before[0], at });
  }
  return told;
}

it.each(alertRuleNames)('%s: its levels lie in order, and end where they begin or below', (name) => {
  const { warn, critical } = alertRule(name);
  expect([warn.until <= warn.at, critical.until <= critical.at]).toEqual([true, true]);
  expect([warn.at < critical.at, warn.until <= critical.until, warn.until > 0]).toEqual([true, true, true]);
});

it.each(alertRuleNames)('%s: has the level that the whole of its values gives', (name) => {
  fc.assert(
    fc.property(fc.array(valuesOf(name), { maxLength: 60 }), (values) => {
      let level: AlertLevel | undefined;
      values.forEach((value, index) => {
        level = levelAfter(alertRule(name), level, value);
        expect(level).toBe(slowLevel(name, values.slice(0, index + 1)));
      });
    }),
  );
});

it.each(alertRuleNames)('%s: opens once for each time that its cause is there, and is resolved by itself', (name) => {
  fc.assert(
    fc.property(looksOf(name), (looks) => {
      const told = play(name, looks);
      const values = looks.map(({ value }) => value ?? 0);
      const isThere = values.map((_value, index) => slowLevel(name, values.slice(0, index + 1)) !== undefined);
      const began = isThere.map((now, index) => Number(now && !isThere[index - 1]));
      const ended = isThere.map((now, index) => Number(!now && index > 0 && isThere[index - 1]));
      expect(told.map(({ opened }) => opened)).toEqual(began);
      expect(told.map(({ resolved }) => resolved)).toEqual(ended);
    }),
  );
});

it.each(alertRuleNames)(
  '%s: is escalated where nobody was at it in time, outside quiet hours, once a level',
  (name) => {
    fc.assert(
      fc.property(looksOf(name), (looks) => {
        const told = play(name, looks);
        told.forEach(({ standing, at }, index) => {
          if (!standing) return;
          // From when it has its level: the last time that it came to a worse one.
          const same = told.slice(0, index + 1).filter((each) => each.standing?.raisedAt === standing.raisedAt);
          expect(same[0].at).toBe(standing.raisedAt);
          const due = same.find(
            (each) =>
              each.standing?.acknowledgedAt === null &&
              !isQuiet(each.standing.level, each.at) &&
              each !== same[0] &&
              each.at - quietUntil(each.standing.level, standing.raisedAt) >=
                alertRule(name).escalatesAfterSeconds[each.standing.level] * 1000,
          );
          expect([standing.escalatedAt, at]).toEqual([due?.at ?? null, at]);
        });
      }),
    );
  },
);

it('is nobody’s again when it grows worse, and stays whose it is when it gets better', () => {
  const [open] = alertsAfter([], [readingOf('crowded', 6)], noon, () => 'one').opened;
  const taken = { ...open, acknowledgedAt: noon + minute, acknowledgedBy: 'command_centre:zhang' };
  const [worse] = alertsAfter([taken], [readingOf('crowded', 10)], noon + 2 * minute, () => '').standing;
  expect(worse).toMatchObject({ alertId: 'one', level: 'critical', raisedAt: noon + 2 * minute, acknowledgedBy: null });
  expect([worse.acknowledgedBeforeAt, worse.acknowledgedBeforeBy]).toEqual([noon + minute, 'command_centre:zhang']);
  const again = { ...worse, acknowledgedAt: noon + 3 * minute, acknowledgedBy: 'command_centre:li' };
  const [better] = alertsAfter([again], [readingOf('crowded', 7)], noon + 4 * minute, () => '').standing;
  expect(better).toMatchObject({
    level: 'warn',
    openedAt: noon,
    raisedAt: noon + 2 * minute,
    acknowledgedBy: 'command_centre:li',
    acknowledgedBeforeBy: 'command_centre:zhang',
  });
  const worseAgain = (alert: StandingAlert) =>
    alertsAfter([alert], [readingOf('crowded', 10)], noon + 5 * minute, () => '').standing[0].acknowledgedBeforeBy;
  expect(worseAgain(better)).toBe('command_centre:li');
  expect(worseAgain({ ...better, acknowledgedAt: null, acknowledgedBy: null })).toBe('command_centre:zhang');
});

it('two causes have two alerts, each by itself', () => {
  const at = (stationCode: string, value: number): Reading => ({
    ...readingOf('crowded', value),
    key: `crowded/${stationCode}`,
    stationCode,
  });
  const { opened } = alertsAfter([], [at('a', 6), at('b', 11)], noon, (key) => key);
  expect(opened.map(({ key, level }) => [key, level])).toEqual([
    ['crowded/a', 'warn'],
    ['crowded/b', 'critical'],
  ]);
  const { standing, resolved } = alertsAfter(opened, [at('b', 9)], noon + minute, () => '');
  expect(standing.map(({ key }) => key)).toEqual(['crowded/b']);
  expect(resolved.map(({ key }) => key)).toEqual(['crowded/a']);
});

it.each([
  ['warn', '2026-03-02T13:59:59.999Z', false],
  ['warn', '2026-03-02T14:00:00.000Z', true],
  ['warn', '2026-03-02T21:59:59.999Z', true],
  ['warn', '2026-03-02T22:00:00.000Z', false],
  ['critical', '2026-03-02T16:00:00.000Z', false],
] as const)('%s at %s: quiet is %s', (level, at, isIt) => {
  expect(isQuiet(level, Date.parse(at))).toBe(isIt);
});

it('quiet hours within one day end on it', () => {
  const hours = { fromMinute: 60, toMinute: 120, utcOffsetMinutes: 0, levels };
  const quiet = [59, 60, 119, 120].map((of) =>
    isQuiet('critical', Date.parse('2026-03-02T00:00:00Z') + of * minute, hours),
  );
  expect(quiet).toEqual([false, true, true, false]);
});
