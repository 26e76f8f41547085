import { exceptionRule } from '@yizhan/policy';
import type { TimerChange, TruckCase } from '../cases/truck-case.js';

/** Until when what a truck at a station waits for must have come; epoch milliseconds. */
export interface VisitEnds {
  /** It has no driver by then. */
  readonly noDriverAt?: number;
  /** It is still here then. */
  readonly strandedAt?: number;
}

/** What is watched of a visit as it stands; nothing where the truck is not here. */
export function endsOf({
  visit,
  handoff,
  exceptions,
  place: { rules },
}: Pick<TruckCase, 'visit' | 'handoff' | 'exceptions' | 'place'>): VisitEnds {
  if (visit.state !== 'arrived') return {};
  const strandedAt = visit.arrivedAt + rules.timers.strandedAfterSeconds * 1000;
  const { opensAfterSeconds } = exceptionRule(rules, 'no_driver');
  const waits =
    visit.checked === true && handoff?.state === 'requested' && !exceptions.some(({ code }) => code === 'no_driver');
  if (!waits || opensAfterSeconds === undefined) return { strandedAt };
  return { strandedAt, noDriverAt: handoff.readyAt + opensAfterSeconds * 1000 };
}

export function isSame(one: VisitEnds, other: VisitEnds): boolean {
  return one.noDriverAt === other.noDriverAt && one.strandedAt === other.strandedAt;
}

/** The timer for the first of the ends that is still to come. A driver who should long be there is missed at once. */
export function timerOf(visitId: string, { noDriverAt, strandedAt }: VisitEnds, at: number): TimerChange {
  const noDriver = noDriverAt === undefined ? [] : [Math.max(noDriverAt, at)];
  const stranded = strandedAt === undefined || strandedAt <= at ? [] : [strandedAt];
  const [first = null] = [...noDriver, ...stranded].toSorted((one, other) => one - other);
  return { kind: 'visit_watch', ref: visitId, dueAt: first };
}
