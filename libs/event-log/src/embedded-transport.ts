import type { Consumer } from './consumer.js';
import type { EventTransport } from './event-transport.js';
import type { LogReader } from './log-reader.js';
import type { Sequencer } from './sequencer.js';
import { sequencerBatch } from './sequencer-statements.js';
import { Wake } from './wake.js';

export interface EmbeddedSettings {
  readonly reader: LogReader;
  /** Absent where another process sequences. */
  readonly sequencer?: Sequencer;
  /**
   * Whether consumers that take events together may be behind, by fewer than they take at once, when `drain` ends. A replay
   * of small rounds is faster for it.
   */
  readonly mayLag?: boolean;
  /** Told of faults that are waited out, such as a database that is away. */
  readonly onFault: (where: string, error: unknown) => void;
}

const batch = 500;
const busyPoll = 50;
const idlePoll = 500;
const faultPause = 1_000;
const refreshParkedEvery = 1_000;
/** For so long events gather for a consumer that takes them together. */
const gatherFor = 200;

/**
 * Consumers read the log itself. Two ways to run: `start` turns it on for good; `drain` works off what is there, one
 * step after the other in a fixed order, so that a replay of the same requests writes the same log.
 */
export class EmbeddedTransport implements EventTransport {
  readonly #consumers: Consumer[] = [];
  /** When each consumer that takes events together was fed last. */
  readonly #fedAt = new Map<Consumer, number>();
  /** When events of some consumer have gathered for long enough; none gather where it is never. */
  #gatheredAt = Infinity;
  readonly #wake = new Wake();
  #running: Promise<void> | undefined;
  #stopping = false;
  /** Something may have been committed since the last pass; only `drain` relies on it, polling needs no telling. */
  #committed = true;

  #mayLag: boolean;

  constructor(private readonly settings: EmbeddedSettings) {
    this.#mayLag = settings.mayLag ?? false;
  }

  /** Something was committed: look at once. */
  readonly wake = (): void => {
    this.#committed = true;
    this.#wake.ring();
  };

  async subscribe(consumer: Consumer): Promise<void> {
    await consumer.open();
    this.#consumers.push(consumer);
    this.#consumers.sort((a, b) => a.group.localeCompare(b.group));
    this.#wake.ring();
  }

  async unsubscribe(consumer: Consumer): Promise<void> {
    const index = this.#consumers.indexOf(consumer);
    if (index < 0) return;
    const wasRunning = this.#running !== undefined;
    await this.stop();
    this.#consumers.splice(index, 1);
    await consumer.saveCursor();
    if (wasRunning) this.start();
  }

  start(): void {
    if (this.#running) return;
    this.#stopping = false;
    this.#running = this.#run();
  }

  /** Ends after the step in hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.ring();
    await this.#running;
    this.#running = undefined;
  }

  /**
   * Sequences and delivers until nothing is left, all writers being in this process. @returns whether there was
   * anything to do.
   */
  async drain(): Promise<boolean> {
    let worked = false;
    for (const consumer of this.#consumers) await consumer.refreshParked();
    for (;;) {
      const sequence = this.#committed;
      this.#committed = false;
      // Told only where nothing is left for anybody: what is decided then depends on the log, not on who was fed first.
      if (!(await this.#step(sequence)) && !(await this.#tellCaughtUp())) return worked;
      worked = true;
    }
  }

  /** After the last `drain`, where consumers may lag: whoever is behind takes what has gathered for him. */
  async catchUp(): Promise<void> {
    this.#mayLag = false;
    try {
      await this.drain();
    } finally {
      this.#mayLag = this.settings.mayLag ?? false;
    }
  }

  /** The earliest retry of a parked subject, epoch milliseconds of the consumers' clock. */
  get nextDueAt(): number | undefined {
    const due = this.#consumers.map((consumer) => consumer.nextDueAt).filter((at) => at !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  async #run(): Promise<void> {
    let refreshedAt = performance.now();
    let worked = false;
    while (!this.#stopping) {
      try {
        if (performance.now() - refreshedAt > refreshParkedEvery) {
          for (const consumer of this.#consumers) await consumer.refreshParked();
          refreshedAt = performance.now();
        }
        const stepped = await this.#step(true);
        // After every step: under steady load there is no quiet moment to wait for.
        const told = await this.#tellCaughtUp();
        if (!stepped && !told) await this.#wake.wait(Math.min(worked ? busyPoll : idlePoll, this.#gathersFor()));
        worked = stepped;
      } catch (error) {
        this.settings.onFault('the event log', error);
        await this.#wake.wait(faultPause);
      }
    }
    for (const consumer of this.#consumers)
      await consumer.saveCursor().catch((error) => this.settings.onFault('saving the reading place', error));
  }

  /** Milliseconds until what gathers for a consumer is to be fed; nobody else may have anything to tell of by then. */
  #gathersFor(): number {
    return Math.max(0, this.#gatheredAt - performance.now());
  }

  async #step(sequence: boolean): Promise<boolean> {
    this.#gatheredAt = Infinity;
    const sequenced = sequence ? ((await this.settings.sequencer?.pass()) ?? 0) : 0;
    if (sequenced >= sequencerBatch) this.#committed = true;
    let worked = sequenced > 0;
    for (const consumer of this.#consumers) worked = (await this.#feed(consumer)) || worked;
    return worked;
  }

  async #tellCaughtUp(): Promise<boolean> {
    let told = false;
    for (const consumer of this.#consumers) told = (await consumer.caughtUp()) || told;
    return told;
  }

  async #feed(consumer: Consumer): Promise<boolean> {
    let worked = false;
    await consumer.fillRestored(this.settings.reader);
    for (;;) {
      const entries = await this.settings.reader.after(consumer.cursor, batch);
      if (entries.length === 0 || this.#stillGathers(consumer, entries.length)) break;
      await consumer.take(entries);
      worked = true;
    }
    return (await consumer.retryDue()) > 0 || worked;
  }

  #stillGathers(consumer: Consumer, waiting: number): boolean {
    if (waiting >= consumer.together) return false;
    if (!this.#running) return this.#mayLag;
    const now = performance.now();
    const gatheredAt = (this.#fedAt.get(consumer) ?? -Infinity) + gatherFor;
    if (now < gatheredAt) {
      this.#gatheredAt = Math.min(this.#gatheredAt, gatheredAt);
      return true;
    }
    this.#fedAt.set(consumer, now);
    return false;
  }
}
