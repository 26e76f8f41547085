import { EventStreamClient } from '../../support/event-stream-client.js';
import { administrator } from '../../support/load/load-network.js';
import type { AgedProduct } from './aged-product.js';

const within = 60_000;

/** A client of the live stream that notes when each visit was first told of. */
export class EventWatch {
  readonly #came = new Map<string, number>();

  private constructor(private readonly stream: EventStreamClient) {}

  static async open({ client, product }: AgedProduct): Promise<EventWatch> {
    const headers = { authorization: `Bearer ${await client.token(administrator)}` };
    return new EventWatch(await EventStreamClient.open(`${product.address}/api/v1/events/stream`, headers));
  }

  /** Position of the newest entry that has come. */
  get position(): number {
    return Number(this.stream.lastEventId);
  }

  /** When the first event of the visit has come, by `performance.now()`. @throws where none does within a minute. */
  async cameAt(visitId: string): Promise<number> {
    await this.stream.until(() => this.#take().has(visitId), within);
    const at = this.#came.get(visitId);
    if (at === undefined) throw new Error(`nothing was told of visit ${visitId}`);
    return at;
  }

  close(): void {
    this.stream.cut();
  }

  #take(): ReadonlyMap<string, number> {
    const now = performance.now();
    for (const { data } of this.stream.events.splice(0)) {
      for (const [, visitId = ''] of data.matchAll(/"visitId":"([0-9a-f-]{36})"/g)) {
        if (!this.#came.has(visitId)) this.#came.set(visitId, now);
      }
    }
    return this.#came;
  }
}
