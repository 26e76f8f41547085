import { setTimeout as pause } from 'node:timers/promises';
import { eventSources } from '@yizhan/contracts';
import {
  KafkaPublisher,
  type KafkaSettings,
  LogBell,
  LogReader,
  type NewEvent,
  Outbox,
  outboxChannel,
} from '@yizhan/event-log';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { DatabaseGround } from './database.js';
import { tellFault } from './figures.js';
import { Traffic } from './traffic.js';

const batchesPerSecond = 20;
const largestBatch = 200;
const lookEvery = 100;

/** A log that is written to, in the station's stead, and published to Kafka, as it goes on in a cluster. */
export class LiveLog {
  readonly reader: LogReader;
  readonly #traffic: Traffic;
  #told: NewEvent[];
  #written = 0;

  private constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly publisher: KafkaPublisher,
    private readonly bell: LogBell,
    areas: readonly string[],
  ) {
    this.reader = new LogReader(database);
    this.#traffic = new Traffic(areas);
    this.#told = this.#traffic.open(Date.now());
  }

  static async open(kafka: KafkaSettings, ground: DatabaseGround, areas: readonly string[]): Promise<LiveLog> {
    const clock = new SystemClock();
    const connection = ground.connection('eventLog');
    // Others write, too.
    const outboxBell = await LogBell.listen(connection, tellFault, outboxChannel);
    const database = await ground.open('eventLog', 2);
    const publisher = new KafkaPublisher({ kafka, database, connection, clock, outboxBell, onFault: tellFault });
    const outbox = new Outbox(eventSources.station, clock, new RandomIds(), publisher.wake);
    publisher.start();
    return new LiveLog(await ground.open('station', 4), outbox, publisher, outboxBell, areas);
  }

  /**
   * The next events of the traffic, so many a second, whether or not anybody keeps up, one transaction after the other: a
   * truck that leaves before it has come would stand at its station for ever. @param perSecond may be Infinity
   */
  async write(events: number, perSecond: number): Promise<void> {
    const begun = performance.now();
    const batch = Math.min(largestBatch, Math.max(1, Math.round(perSecond / batchesPerSecond)));
    let written: Promise<void> = Promise.resolve();
    for (let told = 0; told < events; told += batch) {
      const wait = begun + (told / perSecond) * 1000 - performance.now();
      if (wait > 1) await pause(wait);
      const next = this.#next(Math.min(batch, events - told));
      written = written.then(() => this.#append(next));
    }
    await written;
  }

  /** Waits until everything that is committed is on Kafka. @returns position of the newest entry. */
  async published(): Promise<number> {
    for (;;) {
      const head = await this.reader.head();
      if (this.publisher.progress.published >= head) return head;
      await pause(lookEvery);
    }
  }

  async close(): Promise<void> {
    await this.publisher.stop();
    await this.bell.close();
  }

  #append(events: readonly NewEvent[]): Promise<void> {
    this.#written += 1;
    const cause = `batch ${this.#written}`;
    return this.database.transaction(async (tx) => this.outbox.append(tx, { id: cause, causationId: cause }, events));
  }

  #next(count: number): NewEvent[] {
    while (this.#told.length < count) this.#told.push(...this.#traffic.step(Date.now()));
    return this.#told.splice(0, count);
  }
}
