import type { YizhanEvent } from '@yizhan/contracts';
import type { Clock } from '@yizhan/kernel';
import type { Database, Transaction } from '@yizhan/persistence';
import type { EventLogTelemetry } from './telemetry.js';

/** Runs the handler of one event; `tx` is the transaction in which its effect and the progress are recorded together. */
export type HandleEvent = (event: YizhanEvent, tx: Transaction | undefined) => Promise<void>;

/**
 * Puts back what was kept of the memory of some keys, or of all: the effect of every event of a key up to a position, and of
 * none after it. @returns the position by key; a key that is missing is built from its first event.
 */
export type RestoreMemory = (keys: readonly string[] | undefined) => Promise<ReadonlyMap<string, number>>;

export interface ConsumerSettings {
  /** Who consumes: `station`, `scheduler`. Progress and parked events are kept per group. */
  readonly group: string;
  readonly database: Database;
  /** Schema that holds the tables of `createConsumerTables`. */
  readonly schema: string;
  readonly clock: Clock;
  /**
   * `transaction`: handlers write through `tx`, once per event. `memory`: handlers fold events into memory, which is
   * rebuilt at every start: from the first event, or from what `restoreMemory` gives back.
   */
  readonly effect: 'transaction' | 'memory';
  /** For `memory`: see `RestoreMemory`. */
  readonly restoreMemory?: RestoreMemory;
  readonly handles: (type: string) => boolean;
  readonly handle: HandleEvent;
  /**
   * Most events that share one transaction, for handlers whose order among subjects does not matter and that seldom fail;
   * 1 unless said otherwise.
   */
  readonly together?: number;
  /**
   * Called at the end of each transaction in which events were handled, before it is committed: for handlers that gather what
   * they write. Where it throws, the events are handled again one by one.
   */
  readonly finish?: (tx: Transaction) => Promise<void>;
  /** Called at the head of the log after at least one event was handled. */
  readonly onCaughtUp?: () => Promise<void>;
  /** These partition keys are this process's from now on, some perhaps again after somebody else had them meanwhile. */
  readonly onKeysAdopted?: (keys: readonly string[]) => void;
  /** These partition keys belong to another process from now on: what memory holds of them is out of date. */
  readonly onKeysLost?: (keys: readonly string[]) => void;
  /**
   * An event of this key is left out for now, as it cannot be handled or waits behind one that could not: what memory holds
   * of the key lacks it, and may have it out of its order later.
   */
  readonly onLeftOut?: (key: string) => void;
  readonly telemetry?: EventLogTelemetry;
}

/** The partition keys of one process among those that share a group. */
export interface KeyShare {
  /** Keys that the log has and that this process did not own before. */
  readonly gained: readonly string[];
  /** Keys that it owned before; somebody else may have had them meanwhile. */
  readonly kept: readonly string[];
  /** Says it of keys that come later, too. */
  readonly isOwn: (key: string) => boolean;
  /** Told of each stretch of the log that was taken: building memory may take long. */
  readonly onProgress?: () => void;
}
