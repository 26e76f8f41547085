import type { Clock, Ids } from '@yizhan/kernel';
import type { Database, Transaction } from '@yizhan/persistence';
import type { DueNotice, NewNotice, NoticeState } from './notice.js';
import { noticeSql, type NoticeSql } from './notices.sql.js';
import { impersonalValues, noticeText } from './templates.js';

/** A notice that was taken to be sent. */
export interface LeasedNotice extends DueNotice {
  readonly dueAt: number;
}

/** How an attempt left a notice. Instants are epoch milliseconds. */
export interface Attempted {
  readonly state: NoticeState;
  /** When it is tried again. */
  readonly dueAt?: number;
  readonly failure?: { readonly code: string; readonly words: string };
}

const lease = 30_000;

/** The notices of one service: written with what they tell of, leased by whoever sends them. */
export class NoticeBook {
  readonly #sql: NoticeSql;
  #tell: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    schema: string,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    this.#sql = noticeSql(schema);
  }

  /** Calls it whenever notices were written in this process. */
  whenWritten(tell: () => void): void {
    this.#tell = tell;
  }

  /**
   * Writes notices in the transaction of what they tell of, those of a cause and recipient once. What waits still of the subjects in
   * `overtakes` is not sent any more.
   */
  async write(tx: Transaction, notices: readonly NewNotice[], overtakes: readonly string[] = []): Promise<void> {
    const now = this.clock.now();
    if (overtakes.length > 0) await tx.rows(this.#sql.overtake, [overtakes, now]);
    if (notices.length === 0) return;
    const rows = notices.map((notice) => ({
      ...notice,
      values: impersonalValues(notice.values),
      noticeId: this.ids.uuid(`notice ${notice.cause} ${notice.gateway} ${notice.recipient}`, now),
      text: noticeText(notice.template, notice.values, notice.language),
    }));
    await tx.rows(this.#sql.write, [JSON.stringify(rows), now]);
    tx.onCommit(() => this.#tell());
  }

  /** Nobody is told what is of no use any more, over whichever gateway. */
  async expire(): Promise<void> {
    await this.database.rows(this.#sql.expire, [this.clock.now()]);
  }

  /** Notices that are due at a gateway, leased to this process for 30 s of the database's clock. */
  lease(gateway: string, most: number): Promise<LeasedNotice[]> {
    return this.database.rows<LeasedNotice>(this.#sql.lease, [gateway, this.clock.now(), most, lease]);
  }

  /** What came of a leased notice; nothing where another process has taken it since. */
  async record({ noticeId, tries }: LeasedNotice, { state, dueAt, failure }: Attempted): Promise<void> {
    const now = this.clock.now();
    await this.database.rows(this.#sql.record, [
      noticeId,
      tries,
      state,
      dueAt ?? null,
      state === 'waiting' ? null : now,
      failure ? now : null,
      failure?.code ?? null,
      failure?.words ?? null,
    ]);
  }

  /** Removes what is older than that, some at a time. */
  async forgetBefore(instant: number): Promise<void> {
    await this.database.rows(this.#sql.forget, [instant]);
  }
}
