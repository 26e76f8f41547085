import { NoticeBook, type NoticeSettings } from '@yizhan/notices';
import type { Transaction } from '@yizhan/persistence';
import { aboutOf, type AlertChange, noticesOf } from './alert-notices.js';

/** Writes whom to tell of alerts, in the transaction that changes them. */
export class TellOfAlerts {
  constructor(
    private readonly book: NoticeBook,
    private readonly settings: NoticeSettings | undefined,
  ) {}

  /** @param at epoch milliseconds */
  async execute(tx: Transaction, changes: readonly AlertChange[], areaCode: string, at: number): Promise<void> {
    const { settings } = this;
    if (settings === undefined || changes.length === 0) return;
    await this.book.write(
      tx,
      changes.flatMap((change) => noticesOf(change, areaCode, at, settings)),
      changes.filter(({ step }) => step !== 'opened').map(({ alert }) => aboutOf(alert)),
    );
  }
}
