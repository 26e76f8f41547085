import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { Database, isDatabaseDown } from '@yizhan/persistence';
import type { TimerKind } from '../cases/truck-case.js';
import { type Change, Changes, type Outcome } from '../changes/changes.js';
import { type DueTimer, FailedTimers } from './failed-timers.js';

const mostAtOnce = 500;

/** What the timers of a kind do, inside the transaction that records it; `ref` names what they are about. */
interface FiringUseCase {
  fire(change: Change, ref: string): Promise<Outcome<boolean>>;
}

export type WhatTimersDo = Readonly<Record<TimerKind, FiringUseCase>>;
export const WHAT_TIMERS_DO = Symbol.for('yizhan/station/what-timers-do');

/** What happens when its time has come. Timers are rows; a timer that has become moot is dropped with what made it so. */
@Injectable()
export class Timers {
  readonly #failed = new FailedTimers();

  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly clock: Clock,
    @Inject(WHAT_TIMERS_DO) private readonly kinds: WhatTimersDo,
  ) {}

  /** When the next timer is due, epoch milliseconds; undefined where none is set. */
  async nextDueAt(): Promise<number | undefined> {
    const [next] = await this.database.rows<DueTimer>(nextTimer);
    return next?.dueAt;
  }

  /**
   * Fires what is due by the clock, each in a transaction of its own; one that fails does not keep the others, and is left
   * alone for a while. @returns how many did something. @throws AggregateError with the fault of each that failed.
   */
  async fireDue(): Promise<number> {
    const due = await this.#readDue(this.clock.now());
    const faults: unknown[] = [];
    let fired = 0;
    for (const timer of due) {
      try {
        if (await this.#fire(timer)) fired += 1;
        this.#failed.fired(timer);
      } catch (error) {
        // A database that is away is no failure of a timer.
        if (isDatabaseDown(error)) throw error;
        this.#failed.failed(timer, this.clock.now());
        faults.push(faultOf(timer, error));
      }
    }
    if (faults.length > 0) throw new AggregateError(faults);
    return fired;
  }

  async #readDue(now: number): Promise<DueTimer[]> {
    const waiting = this.#failed.waiting(now);
    const due = await this.database.rows<DueTimer>(dueTimers, [now, JSON.stringify(waiting)]);
    if (due.length < mostAtOnce) this.#failed.keepOnly(due, now);
    return due;
  }

  #fire({ kind, ref, dueAt }: DueTimer): Promise<boolean> {
    const id = `timer:${kind}:${ref}:${dueAt}`;
    return this.changes.alone({ id, causationId: id }, dueAt, (change) => this.kinds[kind].fire(change, ref));
  }
}

const nextTimer = 'SELECT kind, ref, due_at AS "dueAt" FROM station.timers ORDER BY due_at, kind, ref LIMIT 1';

const dueTimers = `
  SELECT kind, ref, due_at AS "dueAt" FROM station.timers t
  WHERE due_at <= to_timestamp($1::double precision / 1000)
    AND NOT EXISTS (
      SELECT FROM json_to_recordset($2) AS w(kind text, ref text, "dueAt" bigint)
      WHERE w.kind = t.kind AND w.ref = t.ref AND w."dueAt" = floor(extract(epoch FROM t.due_at) * 1000))
  ORDER BY due_at, kind, ref LIMIT ${mostAtOnce}`;

function faultOf({ kind, ref }: DueTimer, error: unknown): Error {
  return new Error(`${kind} ${ref}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
