import { eventSources } from '@yizhan/contracts';
import { KafkaPublisher, type KafkaSettings, LogReader, Outbox } from '@yizhan/event-log';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { DatabaseGround } from '../ground/database.js';
import { tellFault } from '../ground/figures.js';
import { openLoop } from '../ground/open-loop.js';
import type { Chain } from './chain.js';
import { trucks, writtenEvent } from './written-event.js';

/** Everything up to a position was acknowledged at an instant of `performance.now()`. */
interface Acknowledgement {
  readonly upTo: number;
  readonly at: number;
}

/** The product: a change of state and its event in one transaction, then the publisher, woken by the commit. */
export class ProductChain implements Chain {
  #acknowledged: Acknowledgement[] = [];
  #rounds = 0;

  private constructor(
    private readonly database: Database,
    private readonly reader: LogReader,
    private readonly outbox: Outbox,
    private readonly publisher: KafkaPublisher,
    private readonly areas: readonly string[],
  ) {}

  static async open(kafka: KafkaSettings, ground: DatabaseGround, areas: readonly string[]): Promise<ProductChain> {
    const clock = new SystemClock();
    const publisher = new KafkaPublisher({
      kafka,
      database: await ground.open('eventLog', 2),
      connection: ground.connection('eventLog'),
      clock,
      onFault: tellFault,
      telemetry: { published: () => chain.#published() },
    });
    const outbox = new Outbox(eventSources.station, clock, new RandomIds(), publisher.wake);
    const database = await ground.open('station');
    const chain = new ProductChain(database, new LogReader(database), outbox, publisher, areas);
    publisher.start();
    return chain;
  }

  async round(instants: readonly number[]): Promise<number[]> {
    this.#rounds += 1;
    const [round, first] = [this.#rounds, await this.reader.head()];
    const events = instants.map((_, index) => writtenEvent(this.areas, index));
    this.#acknowledged = [];
    const begun: number[] = [];
    await openLoop(instants, (index) =>
      this.database.transaction(async (tx) => {
        await tx.one(changeTruck, [index % trucks]);
        const event = events[index];
        if (event) this.outbox.append(tx, { id: `${round}:${index}`, causationId: `${round}:${index}` }, [event]);
        begun[index] = performance.now();
      }),
    );
    await this.#untilPublished(first + instants.length);
    return this.#latencies(first, begun);
  }

  async close(): Promise<void> {
    await this.publisher.stop();
  }

  #published(): void {
    this.#acknowledged.push({ upTo: this.publisher.progress.published, at: performance.now() });
  }

  async #untilPublished(position: number): Promise<void> {
    while (this.publisher.progress.published < position) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** The log says at which position a write has landed; the batch that took the publisher there was its own. */
  async #latencies(first: number, begun: readonly number[]): Promise<number[]> {
    const latencies: number[] = [];
    let batch = 0;
    for (let position = first; position < first + begun.length;) {
      for (const entry of await this.reader.after(position, 1_000)) {
        position = entry.position;
        while ((this.#acknowledged[batch]?.upTo ?? Infinity) < position) batch += 1;
        if (!('event' in entry)) throw new Error(`position ${position} cannot be read`);
        const index = Number(entry.event.causationid.split(':')[1]);
        latencies[index] = (this.#acknowledged[batch]?.at ?? Number.NaN) - (begun[index] ?? Number.NaN);
      }
    }
    return latencies;
  }
}

const changeTruck = `
  UPDATE station.bench_trucks SET version = version + 1, state = 'waiting' WHERE truck_id = $1 RETURNING version`;
