import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { asksForTruck, passesFilter } from '../events/event-filter.js';
import { type EventFacts, LoggedEvent } from '../events/logged-event.js';
import type { LogTail } from '../events/log-tail.js';
import { maySee } from '../events/may-see.js';
import { OwnEntries } from '../events/own-entries.js';
import { callerOfSubscription, type SubscriptionRow } from '../subscriptions/subscription.js';
import type { NewDelivery } from './deliveries.repository.js';
import { TrucksOfVisits } from './trucks-of-visits.js';

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

/** An entry that a subscription is to have by its filter and by what its carrier may see, with what is known of its truck. */
interface Chosen {
  readonly entry: LoggedEvent;
  readonly facts: EventFacts;
  readonly told: EventFacts;
}

/** The log as each subscription sees it. */
@Injectable()
export class SubscribedLogs {
  constructor(
    private readonly trucks: TrucksOfVisits,
    private readonly own: OwnEntries,
  ) {}

  of(row: SubscriptionRow): SubscribedLog {
    return new SubscribedLog(row, this.trucks, this.own);
  }
}

/** The log as one subscription sees it. */
export class SubscribedLog {
  readonly #passes: (event: EventFacts) => boolean;
  readonly #caller: Caller;
  readonly #carrierId: string | null;
  readonly #isOrdered: boolean;
  readonly #needsTruck: boolean;
  /** How much of the log is wanted, as it was lately. */
  #share = 1;

  constructor(
    row: SubscriptionRow,
    private readonly trucks: TrucksOfVisits,
    private readonly own: OwnEntries,
  ) {
    this.#passes = passesFilter(row.filter);
    this.#caller = callerOfSubscription(row);
    this.#carrierId = row.carrier_id;
    this.#isOrdered = row.ordered;
    this.#needsTruck = row.ordered || asksForTruck(row.filter);
  }

  /** At most `limit` events after `from`, of one batch of entries. */
  async read(tail: LogTail, from: number, limit: number): Promise<LogPart> {
    // What is read and finds no room is read again: no more than will probably find some.
    const size = Math.min(batch, Math.ceil(limit / this.#share));
    const entries = await tail.after(from, size);
    const chosen = await this.#chosen(entries);
    if (entries.length > 0) this.#share = nextShare(this.#share, chosen.length / entries.length);
    // The rest of the batch is read again when there is room for it.
    if (chosen.length > limit) {
      const some = chosen.slice(0, limit);
      return { to: some.at(-1)?.entry.position ?? from, wanted: await this.#shown(some), isHead: false };
    }
    const wanted = await this.#shown(chosen);
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

  /** Those of some entries that the subscription is to have. */
  async wanted(entries: readonly LoggedEvent[]): Promise<WantedEvent[]> {
    return this.#shown(await this.#chosen(entries));
  }

  async #chosen(entries: readonly LoggedEvent[]): Promise<Chosen[]> {
    // Of all of them: what tells of a truck may be what this caller does not see.
    const whole = this.#needsTruck ? await this.trucks.complete(entries) : undefined;
    return entries.flatMap((entry, index) => {
      const { facts } = entry;
      if (facts === undefined || !maySee(this.#caller, facts)) return [];
      const told = whole?.[index] ?? facts;
      return this.#passes(told) ? [{ entry, facts, told }] : [];
    });
  }

  /** Those that the database shows to the carrier too. */
  async #shown(chosen: readonly Chosen[]): Promise<WantedEvent[]> {
    const entries = chosen.map(({ entry }) => entry);
    const own =
      this.#carrierId === null || entries.length === 0 ? entries : await this.own.among(this.#carrierId, entries);
    const shown = new Set(own);
    return chosen
      .filter(({ entry }) => shown.has(entry))
      .map(({ entry: { position, document }, facts: { id, type }, told }) => {
        return { position, eventId: id, type, orderKey: this.#isOrdered ? (orderKeyOf(told) ?? null) : null, document };
      });
  }
}

/** Where nothing was wanted much more is read the next time: who has room for one is not to walk through the log entry by entry. */
const nextShare = (before: number, found: number): number =>
  found > 0 ? (before + found) / 2 : Math.max(before / 4, 1 / batch);

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
