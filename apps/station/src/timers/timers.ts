import { Injectable } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { TimerKind } from '../cases/truck-case.js';
import { type Change, Changes, type Outcome } from '../changes/changes.js';
import { ExpireAssignment } from '../handoffs/expire-assignment.js';
import { BecomeOverdue } from '../runs/become-overdue.js';

interface DueTimer {
  readonly kind: TimerKind;
  readonly ref: string;
  readonly dueAt: number;
}

/** What happens when its time has come. Timers are rows; a timer that has become moot is dropped with what made it so. */
@Injectable()
export class Timers {
  readonly #kinds: Readonly<Record<TimerKind, (change: Change, ref: string) => Promise<Outcome<boolean>>>>;

  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly clock: Clock,
    expireAssignment: ExpireAssignment,
    becomeOverdue: BecomeOverdue,
  ) {
    this.#kinds = {
      assignment_expiry: (change, ref) => expireAssignment.fire(change, ref),
      run_overdue: (change, ref) => becomeOverdue.fire(change, ref),
    };
  }

  /** When the next timer is due, epoch milliseconds; undefined where none is set. */
  async nextDueAt(): Promise<number | undefined> {
    const [next] = await this.database.rows<DueTimer>(nextTimer);
    return next?.dueAt;
  }

  /** Fires what is due by the clock, each in a transaction of its own; one that fails does not keep the others. @returns how many did something. */
  async fireDue(): Promise<number> {
    const due = await this.database.rows<DueTimer>(dueTimers, [this.clock.now()]);
    const failures: unknown[] = [];
    let fired = 0;
    for (const timer of due) {
      try {
        if (await this.#fire(timer)) fired += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return fired;
  }

  #fire({ kind, ref, dueAt }: DueTimer): Promise<boolean> {
    const id = `timer:${kind}:${ref}:${dueAt}`;
    return this.changes.alone({ id, causationId: id }, dueAt, (change) => this.#kinds[kind](change, ref));
  }
}

const nextTimer = 'SELECT kind, ref, due_at AS "dueAt" FROM station.timers ORDER BY due_at, kind, ref LIMIT 1';

const dueTimers = `
  SELECT kind, ref, due_at AS "dueAt" FROM station.timers
  WHERE due_at <= to_timestamp($1::double precision / 1000) ORDER BY due_at, kind, ref LIMIT 500`;
