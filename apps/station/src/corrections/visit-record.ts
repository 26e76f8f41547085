import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import type { Verdict, Visit } from '../visits/visit.js';

/** What the queue, the checks and the holds have left behind of a visit. */
export type Left = Pick<
  Visit,
  'arrivedAt' | 'queue' | 'ticketNo' | 'queuedAt' | 'calledAt' | 'calledBayCode' | 'checked' | 'verdicts' | 'releasedAt'
> & {
  /** Holds that stand. */
  readonly holds: readonly { readonly holdId: string; readonly isLiftedByHand: boolean }[];
};

const nothing: Left = {
  arrivedAt: null,
  queue: null,
  ticketNo: null,
  queuedAt: null,
  calledAt: null,
  calledBayCode: null,
  checked: null,
  verdicts: [],
  releasedAt: null,
  holds: [],
};

/** The part of a visit's row that its events tell, in the order of the log: with one event fewer it is what it was without it. */
export function leftBy(history: readonly YizhanEvent[]): Left {
  return history.reduce((left, event) => ({ ...left, ...saidBy(event, left) }), nothing);
}

function saidBy(event: YizhanEvent, left: Left): Partial<Left> {
  const at = parseInstant(event.time) ?? 0;
  return ofTheQueue(event, left, at) ?? ofTheCargo(event, left, at) ?? {};
}

function ofTheQueue(event: YizhanEvent, left: Left, at: number): Partial<Left> | undefined {
  if (isEvent(event, 'visit.queued')) {
    const { queue, ticketNo } = event.data;
    return { queue, ticketNo, queuedAt: at, calledAt: null, calledBayCode: null };
  }
  if (isEvent(event, 'visit.called')) return { calledAt: at, calledBayCode: event.data.bayCode ?? null };
  if (isEvent(event, 'visit.call_ended')) {
    const queuedAt = event.data.reason === 'no_show' && left.queuedAt !== null ? at : left.queuedAt;
    return { queuedAt, calledAt: null, calledBayCode: null };
  }
  if (isEvent(event, 'visit.arrived')) return { arrivedAt: at, calledBayCode: null };
  // A truck that was called to the bay waits nowhere any more.
  if (isEvent(event, 'handoff.started') && left.calledAt !== null && left.calledAt > (left.arrivedAt ?? 0)) {
    return { queue: null, queuedAt: null, calledAt: null, calledBayCode: null };
  }
  return undefined;
}

function ofTheCargo(event: YizhanEvent, left: Left, at: number): Partial<Left> | undefined {
  if (isEvent(event, 'visit.checked')) {
    const { passed } = event.data;
    const verdicts = withVerdict(left, { at, outcome: passed ? 'passed' : 'failed' });
    const holds = passed ? left.holds.filter(({ isLiftedByHand }) => isLiftedByHand) : left.holds;
    // A release does not outlive a check that fails; the hold that comes with it says so too.
    return { verdicts, holds, checked: passed, ...(passed ? {} : { releasedAt: null }) };
  }
  if (isEvent(event, 'cargo.held')) {
    const { holdId = '', lifting } = event.data;
    const holds = [...left.holds, { holdId, isLiftedByHand: lifting === 'by_hand' }];
    const checked = left.checked === false ? false : null;
    return { holds, checked, releasedAt: null, verdicts: withVerdict(left, { at, outcome: 'held' }) };
  }
  if (isEvent(event, 'cargo.hold_lifted')) {
    return { holds: left.holds.filter(({ holdId }) => holdId !== event.data.holdId) };
  }
  if (isEvent(event, 'cargo.released')) return { releasedAt: at };
  if (isEvent(event, 'handoff.aborted') && event.data.reason !== 'visit_ended') return { checked: null };
  return undefined;
}

function withVerdict({ verdicts }: Left, verdict: Verdict): readonly Verdict[] {
  return [...verdicts.slice(1 - 32), verdict];
}

/** Events that stand: neither retracted nor corrected, nor a retraction themselves. A corrected event has its new form. */
export function standing(history: readonly YizhanEvent[]): YizhanEvent[] {
  const gone = new Set<string>();
  const replacedBy = new Map<string, string>();
  for (const event of history) {
    if (!isEvent(event, 'record.retracted')) continue;
    gone.add(event.data.retractedEventId);
    if (event.data.replacedBy) replacedBy.set(event.data.retractedEventId, event.data.replacedBy);
  }
  const replacements = new Set(replacedBy.values());
  const byId = new Map(history.map((event) => [event.id, event]));
  const newest = (event: YizhanEvent): YizhanEvent | undefined => {
    const next = replacedBy.get(event.id);
    if (next === undefined) return gone.has(event.id) ? undefined : event;
    const replacement = byId.get(next);
    return replacement && newest(replacement);
  };
  return history
    .filter((event) => !isEvent(event, 'record.retracted') && !replacements.has(event.id))
    .map(newest)
    .filter((event) => event !== undefined);
}
