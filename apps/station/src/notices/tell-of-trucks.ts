import { eventType, type YizhanEvent } from '@yizhan/contracts';
import type { Clock } from '@yizhan/kernel';
import type { NewNotice, NoticeBook, NoticeSettings } from '@yizhan/notices';
import type { Database, Transaction } from '@yizhan/persistence';
import { loadTruckFacts } from './truck-facts.js';
import { tellingOf, toldTypes, truckNotices } from './truck-notices.js';

const lookEvery = 1_000;
/** So many positions of the log are read at once. */
const step = 5_000;
/** So often in one look: whoever lies further behind goes on at the next. */
const mostSteps = 20;

/**
 * Follows the log from the place at which it was first asked to, and writes whom to tell of trucks: the notices and the place are
 * one transaction, and of several processes one goes on at a time. Reads nothing where there is nobody to tell by.
 */
export class TellOfTrucks {
  #nextLookAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly book: NoticeBook,
    private readonly settings: NoticeSettings['trucks'],
  ) {}

  /** @returns how many events people were told of. */
  async fireDue(): Promise<number> {
    if (this.settings === undefined) return 0;
    const now = this.clock.now();
    if (now < this.#nextLookAt) return 0;
    this.#nextLookAt = now + lookEvery;
    let told = 0;
    for (let steps = 0; steps < mostSteps; steps += 1) {
      const went = await this.database.transaction((tx) => this.#goOn(tx));
      told += went.told;
      if (went.isAtHead) break;
    }
    return told;
  }

  async #goOn(tx: Transaction): Promise<{ readonly told: number; readonly isAtHead: boolean }> {
    const [place] = await tx.rows<{ position: number | null }>(lockPlace);
    // Another process has it in hand.
    if (!place) return { told: 0, isAtHead: true };
    const [{ head }] = (await tx.rows<{ head: number }>(readHead)) as [{ head: number }];
    const from = place.position ?? head;
    const to = Math.min(head, from + step);
    const rows = to > from ? await tx.rows<{ document: string }>(readTold, [from, to, types]) : [];
    for (const { document } of rows) await this.#tell(tx, JSON.parse(document) as YizhanEvent);
    if (to !== place.position) await tx.rows(movePlace, [to]);
    return { told: rows.length, isAtHead: to === head };
  }

  async #tell(tx: Transaction, event: YizhanEvent): Promise<void> {
    const telling = tellingOf(event);
    if (!telling) return;
    const { template, overtakes, about } = telling;
    const facts = template === undefined ? undefined : await loadTruckFacts(tx, telling);
    const language = this.settings?.language ?? 'zh';
    const notices: NewNotice[] = facts ? truckNotices(telling, facts, this.clock.now(), language) : [];
    await this.book.write(tx, notices, overtakes ? [about] : []);
  }
}

const types = toldTypes.map((name) => eventType(name));

const lockPlace = `SELECT position FROM station.notice_place FOR UPDATE SKIP LOCKED`;

const readHead = `SELECT coalesce(max(position), 0) AS head FROM event_log.entries`;

const readTold = `
  SELECT document FROM event_log.entries WHERE position > $1 AND position <= $2 AND type = ANY($3) ORDER BY position`;

const movePlace = `UPDATE station.notice_place SET position = $1`;
