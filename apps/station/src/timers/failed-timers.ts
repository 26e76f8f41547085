import type { TimerKind } from '../cases/truck-case.js';

export interface DueTimer {
  readonly kind: TimerKind;
  readonly ref: string;
  readonly dueAt: number;
}

interface Failure {
  readonly timer: DueTimer;
  readonly attempts: number;
  /** Left alone until then. */
  readonly until: number;
}

const second = 1_000;
/** The last one again and again: a timer is never given up. */
const waits = [second, 5 * second, 30 * second, 120 * second];

/** Timers that could not be fired, and how long each is left alone. Kept in memory: a start tries all of them again. */
export class FailedTimers {
  readonly #failures = new Map<string, Failure>();

  /** Those that are left alone at `now`. */
  waiting(now: number): DueTimer[] {
    return [...this.#failures.values()].filter(({ until }) => until > now).map(({ timer }) => timer);
  }

  failed(timer: DueTimer, now: number): void {
    const attempts = (this.#failures.get(keyOf(timer))?.attempts ?? 0) + 1;
    const wait = waits[Math.min(attempts, waits.length) - 1] ?? 0;
    this.#failures.set(keyOf(timer), { timer, attempts, until: now + wait });
  }

  fired(timer: DueTimer): void {
    this.#failures.delete(keyOf(timer));
  }

  /** Forgets whatever may be tried again and is not among `due`: its timer is gone. */
  keepOnly(due: readonly DueTimer[], now: number): void {
    if (this.#failures.size === 0) return;
    const keys = new Set(due.map(keyOf));
    for (const [key, { until }] of this.#failures) {
      if (until <= now && !keys.has(key)) this.#failures.delete(key);
    }
  }
}

const keyOf = ({ kind, ref, dueAt }: DueTimer): string => `${kind}:${ref}:${dueAt}`;
