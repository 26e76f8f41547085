import type { YizhanEvent } from '@yizhan/contracts';

/** What an export shows that should not be: each line names one event or request. */
export interface LostAndDoubled {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

/** A type that a single request or event may cause more than once. */
const mayRepeat = new Set([
  'yizhan.exception.opened.v1',
  'yizhan.exception.resolved.v1',
  'yizhan.assignment.withheld.v1',
]);

/**
 * Looks in an export whether every acknowledged request has had its effect once, whether every request of a handoff was
 * answered by the scheduler, and every proposal by the station, once.
 */
export function lostAndDoubled(events: readonly YizhanEvent[], acknowledged: ReadonlySet<string>): LostAndDoubled {
  const lost: string[] = [];
  const doubled: string[] = [];
  const effects = effectsByCause(events);
  for (const key of acknowledged) if (!effects.has(key)) lost.push(`request ${key} has no event`);
  for (const [cause, types] of effects) {
    for (const { type, count } of types.values()) {
      if (count > 1 && !mayRepeat.has(type) && acknowledged.has(cause))
        doubled.push(`${cause} caused ${count} ${type}`);
    }
  }
  const answers = answersByDecision(events);
  const asked = new Set<string>();
  for (const event of events) {
    if (event.type === 'yizhan.assignment.proposed.v1') {
      const { decisionId } = event.data as YizhanEvent<'assignment.proposed'>['data'];
      const count = answers.get(decisionId) ?? 0;
      if (count === 0) lost.push(`proposal ${decisionId} was not answered`);
      if (count > 1) doubled.push(`proposal ${decisionId} was answered ${count} times`);
    }
    if (event.type.startsWith('yizhan.assignment.') && 'handoffId' in event.data) asked.add(event.data.handoffId);
  }
  for (const event of events) {
    if (event.type !== 'yizhan.handoff.requested.v1') continue;
    const { handoffId } = event.data as YizhanEvent<'handoff.requested'>['data'];
    if (!asked.has(handoffId)) lost.push(`handoff ${handoffId} was never looked at`);
  }
  return { lost, doubled };
}

interface Effect {
  readonly type: string;
  readonly count: number;
}

/** By cause, and by type and area: what concerns several areas is told once in each. */
function effectsByCause(events: readonly YizhanEvent[]): Map<string, Map<string, Effect>> {
  const effects = new Map<string, Map<string, Effect>>();
  for (const { causationid, type, partitionkey } of events) {
    const types = effects.get(causationid) ?? new Map<string, Effect>();
    const told = `${type} ${partitionkey}`;
    types.set(told, { type, count: (types.get(told)?.count ?? 0) + 1 });
    effects.set(causationid, types);
  }
  return effects;
}

function answersByDecision(events: readonly YizhanEvent[]): Map<string, number> {
  const answers = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'yizhan.handoff.assigned.v1' && event.type !== 'yizhan.assignment.refused.v1') continue;
    const { decisionId } = event.data as { decisionId?: string };
    if (decisionId !== undefined) answers.set(decisionId, (answers.get(decisionId) ?? 0) + 1);
  }
  return answers;
}
