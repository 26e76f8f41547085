import { type Fact, instant, textOf } from './fact.js';
import type { StateRule } from './kpi.js';
import { endings, states } from './states.js';
import { isMeant, newest } from './measure.js';
import type { Story } from './story.js';

/** How something stands at the end of its facts. */
export interface Standing {
  /** Null where it is over. */
  readonly state: string | null;
  /** Since when, epoch milliseconds. */
  readonly since: number | null;
  /** Until when something is due, epoch milliseconds. */
  readonly due: number | null;
  /** Code of an exception, side of a driver, county of a station. */
  readonly label: string;
}

const over: Standing = { state: null, since: null, due: null, label: '' };

/** The state of a story, from its facts alone. */
export function standingOf({ kind, facts }: Story): Standing {
  switch (kind) {
    case 'driver':
      return ofDriver(facts);
    case 'station':
      return ofStation(facts);
    default:
      if (facts.some(({ name }) => endings[kind]?.includes(name))) return over;
      return ofRules(states[kind], facts);
  }
}

function ofRules(rules: readonly StateRule[], facts: readonly Fact[]): Standing {
  for (const rule of rules) {
    const since = openSince(rule, facts);
    if (since) {
      const due = rule.due === undefined ? '' : newest(facts, rule.due);
      const label = newest(facts, 'code') || newest(facts, 'direction');
      return { state: rule.state, since: since.at, due: due === '' ? null : instant(due), label };
    }
  }
  return over;
}

/** The oldest fact that began it and that nothing has ended since. */
function openSince({ since, until, same }: StateRule, facts: readonly Fact[]): Fact | undefined {
  return facts.find(
    (fact, index) =>
      isMeant(since, fact) &&
      !facts
        .slice(index + 1)
        .some(
          (later) =>
            until.some((mark) => isMeant(mark, later)) &&
            (same === undefined || textOf(fact, same) === textOf(later, same)),
        ),
  );
}

/** On duty between the beginning and the end of a shift: with a truck, with a handoff to make, or idle. */
function ofDriver(facts: readonly Fact[]): Standing {
  const shift = facts.findLast(({ name }) => name.startsWith('driver.shift_'));
  const label = newest(facts, 'side');
  if (shift?.name !== 'driver.shift_started') return { ...over, label };
  const truck = facts.findLast(({ values }) => values.truck !== undefined);
  const task = facts.findLast(({ values }) => values.task !== undefined);
  const due = instant(textOf(shift, 'endsAt'));
  if (truck?.values.truck === 'held') return { state: 'driving', since: truck.at, due, label };
  if (task && task.values.task !== 'none') return { state: textOf(task, 'task'), since: task.at, due, label };
  return { state: 'idle', since: Math.max(shift.at, truck?.at ?? 0, task?.at ?? 0), due, label };
}

const statuses: Readonly<Record<string, string>> = { 'station.suspended': 'suspended', 'station.closed': 'closed' };

function ofStation(facts: readonly Fact[]): Standing {
  const label = newest(facts, 'countyCode');
  // One that was closed may be opened again.
  const status = facts.findLast(({ name }) => name !== 'station.changed' && name !== 'station.bays_changed');
  if (!status) return { ...over, label };
  const state = statuses[status.name] ?? 'open';
  return { state, since: status.at, due: null, label };
}
