import { setTimeout as pause } from 'node:timers/promises';
import { EventStreamClient } from '../event-stream-client.js';
import type { FaultyCluster } from './faulty-cluster.js';
import { administrator } from './load-network.js';

/** Follows the live stream from its beginning, and connects again wherever it breaks, as a browser does. */
export class StreamReader {
  connections = 0;
  readonly #documents: string[] = [];
  readonly #positions: number[] = [];
  #lastEventId = '0';
  #isClosed = false;
  #client: EventStreamClient | undefined;

  private constructor(private readonly cluster: FaultyCluster) {}

  static async open(cluster: FaultyCluster): Promise<StreamReader> {
    const reader = new StreamReader(cluster);
    void reader.#follow();
    await pause(100);
    return reader;
  }

  /** Waits until the stream has brought the entry at `position`. @throws after a minute. */
  async upTo(position: number): Promise<void> {
    const end = performance.now() + 60_000;
    while ((this.#positions.at(-1) ?? 0) < position) {
      if (performance.now() > end)
        throw new Error(`the stream stands at ${this.#positions.at(-1) ?? 0} of ${position}`);
      await pause(100);
    }
  }

  /** What came that is not the log, entry for entry. */
  faults(documents: readonly string[]): string[] {
    const faults: string[] = [];
    this.#positions.forEach((position, index) => {
      if (position !== index + 1) faults.push(`entry ${index + 1} came as position ${position}`);
      else if (this.#documents[index] !== documents[index]) faults.push(`position ${position} is another document`);
    });
    return faults.slice(0, 5);
  }

  close(): void {
    this.#isClosed = true;
    this.#client?.cut();
  }

  async #follow(): Promise<void> {
    while (!this.#isClosed) {
      await this.#read().catch(() => undefined);
      await pause(200);
    }
  }

  async #read(): Promise<void> {
    const { address, client } = this.cluster;
    const headers = {
      authorization: `Bearer ${await client.token(administrator)}`,
      'last-event-id': this.#lastEventId,
    };
    const stream = await EventStreamClient.open(`${address}/api/v1/events/stream`, headers);
    this.connections += 1;
    this.#client = stream;
    let taken = 0;
    const take = (): void => {
      for (const { id, data } of stream.events.slice(taken)) {
        this.#positions.push(Number(id));
        this.#documents.push(data);
        this.#lastEventId = id;
      }
      taken = stream.events.length;
    };
    while (!stream.isEnded && !this.#isClosed) {
      await pause(50);
      take();
    }
    take();
  }
}
