import { Injectable } from '@nestjs/common';
import { Outbox } from '@yizhan/event-log';
import { Clock } from '@yizhan/kernel';
import { Database, type Transaction } from '@yizhan/persistence';
import type { Case } from './case.js';
import { CaseNotes } from './case-notes.js';
import { claimOverdue, forgetNotes, readForgettable } from './cases.sql.js';
import { writeCase } from './take-case-step.js';
import { type CaseEntry, eventsOf, writeEntry } from './write-case.js';

/** How often it is looked, milliseconds of the product's clock. */
const lookEvery = 60_000;

/** Says of a case that it is overdue, once for each instant that it was due at, and forgets notes whose time is over. */
@Injectable()
export class CaseClock {
  #nextLookAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly notes: CaseNotes,
  ) {}

  /** @returns how many cases have become overdue. */
  async fireDue(): Promise<number> {
    const at = this.clock.now();
    if (at < this.#nextLookAt && this.#nextLookAt <= at + lookEvery) return 0;
    this.#nextLookAt = at + lookEvery;
    let overdue = 0;
    while (await this.database.transaction((tx) => this.#sayOverdue(tx, at))) overdue += 1;
    await this.#forget(at);
    return overdue;
  }

  async #sayOverdue(tx: Transaction, at: number): Promise<boolean> {
    const [before] = await tx.rows<Case>(claimOverdue, [at]);
    if (!before) return false;
    const after = { ...before, overdueAt: at, version: before.version + 1 };
    const entry: CaseEntry = { done: 'overdue', at, byId: null };
    await writeCase(tx, after);
    await writeEntry(tx, after, entry);
    const id = `case-due:${before.caseId}@${before.dueAt}`;
    this.outbox.append(tx, { id, causationId: id }, eventsOf(before, after, entry));
    return true;
  }

  /** First the keys, for good; what a process that is killed then leaves is taken again. */
  async #forget(at: number): Promise<void> {
    const cases = await this.database.rows<{ caseId: string; hasNotes: boolean }>(readForgettable, [at]);
    if (cases.length === 0) return;
    // Where nothing was written down there is no key, and no mark of one is to be left.
    for (const { caseId, hasNotes } of cases) if (hasNotes) await this.notes.destroy(caseId);
    await this.database.rows(forgetNotes, [cases.map(({ caseId }) => caseId)]);
  }
}
