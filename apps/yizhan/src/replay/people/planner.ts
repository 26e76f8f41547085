import type { Action, RequestAction } from './action.js';
import { Agenda } from './agenda.js';
import type { Asked } from './steps.js';

/** How long after a refusal it is tried again; after the last one it is given up. */
const retryAfterMinutes = [1, 2, 5, 10, 20, 30, 60, 60, 120, 120, 240] as const;

/** Who is going to do what, and when. */
export class Planner {
  readonly agenda = new Agenda<Action>();
  readonly #timesPlanned = new Map<string, number>();

  constructor(private readonly tickMilliseconds: number) {}

  /** The tick nearest to `instant`. */
  tick(instant: number): number {
    return Math.round(instant / this.tickMilliseconds) * this.tickMilliseconds;
  }

  /** The tick nearest to `wished`, but one after `now`: nothing follows on itself in the same instant. */
  next(now: number, wished = now): number {
    const first = (Math.floor(now / this.tickMilliseconds) + 1) * this.tickMilliseconds;
    return Math.max(first, this.tick(wished));
  }

  /** The first tick at or after `instant`. */
  tickFrom(instant: number): number {
    return Math.ceil(instant / this.tickMilliseconds) * this.tickMilliseconds;
  }

  /** Plans a request; what the slot held before is off. The name must be the same in every replay of the same log. */
  ask(slot: string, name: string, dueAt: number, asked: Asked, happenedAt?: number): void {
    const times = (this.#timesPlanned.get(name) ?? 0) + 1;
    this.#timesPlanned.set(name, times);
    const key = times === 1 ? name : `${name}:${times}`;
    this.agenda.plan({
      ...asked,
      does: 'ask',
      slot,
      key,
      dueAt,
      attempt: 1,
      ...(happenedAt === undefined ? {} : { happenedAt }),
    });
  }

  think(slot: string, dueAt: number, think: (at: number) => void): void {
    this.agenda.plan({ does: 'think', slot, key: `think:${slot}`, dueAt, think });
  }

  drop(...slots: readonly string[]): void {
    for (const slot of slots) this.agenda.drop(slot);
  }

  /**
   * The station has refused. Depends on nothing but the action, so that a replay that goes on after a kill comes to the
   * same retries. @returns whether it will be tried again.
   */
  retry(action: RequestAction): boolean {
    // What has happened since has planned something else for this slot.
    if (this.agenda.at(action.slot)) return true;
    const pause = retryAfterMinutes[action.attempt - 1];
    if (pause === undefined) return false;
    const attempt = action.attempt + 1;
    const key = `${action.key.replace(/~\d+$/, '')}~${attempt}`;
    this.agenda.plan({ ...action, key, attempt, dueAt: this.tick(action.dueAt + pause * 60_000) });
    return true;
  }
}
