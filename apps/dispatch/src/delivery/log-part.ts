import type { Caller } from '@yizhan/identity';
import { asksForTruck, passesFilter } from '../events/event-filter.js';
import { type EventFacts, LoggedEvent } from '../events/logged-event.js';
import type { LogTail } from '../events/log-tail.js';
import { maySee } from '../events/may-see.js';
import { callerOfSubscription, type SubscriptionRow } from '../subscriptions/subscription.js';
import type { NewDelivery } from './deliveries.repository.js';
import type { TrucksOfVisits } from './trucks-of-visits.js';

/** An event that a subscription is to have. */
export interface WantedEvent extends NewDelivery {
  readonly document: string;
}

/** What has been read of the log for a subscription. */
export interface LogPart {
  /** Up to where. */
  readonly to: number;
  readonly wanted: readonly WantedEvent[];
  /** Whether that is the end of the log. */
  readonly isHead: boolean;
}

const batch = 500;

/** Those of some entries that a subscription is to have. */
export async function wantedAmong(
  row: SubscriptionRow,
  entries: readonly LoggedEvent[],
  trucks: TrucksOfVisits,
): Promise<WantedEvent[]> {
  return new SubscribedLog(row, trucks).wanted(entries);
}

/** The log as one subscription sees it. */
export class SubscribedLog {
  readonly #passes: (event: EventFacts) => boolean;
  readonly #caller: Caller;
  readonly #isOrdered: boolean;
  readonly #needsTruck: boolean;
  /** How much of the log is wanted, as it was lately. */
  #share = 1;

  constructor(
    row: SubscriptionRow,
    private readonly trucks: TrucksOfVisits,
  ) {
    this.#passes = passesFilter(row.filter);
    this.#caller = callerOfSubscription(row);
    this.#isOrdered = row.ordered;
    this.#needsTruck = row.ordered || asksForTruck(row.filter);
  }

  /** At most `limit` events after `from`, of one batch of entries. */
  async read(tail: LogTail, from: number, limit: number): Promise<LogPart> {
    // What is read and finds no room is read again: no more than will probably find some.
    const size = Math.min(batch, Math.ceil(limit / this.#share));
    const entries = await tail.after(from, size);
    const wanted = await this.wanted(entries);
    if (entries.length > 0) this.#share += (Math.max(wanted.length, 1) / entries.length - this.#share) / 2;
    // The rest of the batch is read again when there is room for it.
    if (wanted.length > limit) {
      const some = wanted.slice(0, limit);
      return { to: some.at(-1)?.position ?? from, wanted: some, isHead: false };
    }
    return { to: entries.at(-1)?.position ?? from, wanted, isHead: entries.length < size };
  }

  /** What each of some entries is kept in order with, whoever sees it; by position. */
  async orderKeys(rows: readonly { readonly position: number; readonly document: string }[]): Promise<string[]> {
    const entries = rows.map(({ position, document }) => new LoggedEvent(position, document));
    const keys: string[] = [];
    for (const run of runsOf(entries)) {
      const whole = await this.trucks.complete(run);
      for (const [index, { position }] of run.entries()) keys.push(orderKeyOf(whole[index]) ?? `position ${position}`);
    }
    return keys;
  }

  async wanted(entries: readonly LoggedEvent[]): Promise<WantedEvent[]> {
    // Of all of them: what tells of a truck may be what this caller does not see.
    const whole = this.#needsTruck ? await this.trucks.complete(entries) : undefined;
    return entries.flatMap((entry, index) => {
      const { facts } = entry;
      if (facts === undefined || !maySee(this.#caller, facts)) return [];
      const told = whole?.[index] ?? facts;
      if (!this.#passes(told)) return [];
      const orderKey = this.#isOrdered ? (orderKeyOf(told) ?? null) : null;
      return [{ position: entry.position, eventId: facts.id, type: facts.type, orderKey, document: entry.document }];
    });
  }
}

/** The truck, or what is known of it least. */
const orderKeyOf = (told: EventFacts | undefined): string | undefined => told?.plate ?? told?.correlationId;

/** Entries that follow each other in the log, together. */
function runsOf(entries: readonly LoggedEvent[]): LoggedEvent[][] {
  const runs: LoggedEvent[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run?.at(-1)?.position === entry.position - 1) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}
