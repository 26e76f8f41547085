import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an endpoint does with a message: takes it, refuses it with a status, or resets the connection. */
export type Verdict = 'takes' | 500 | 'resets';

/** What it tells the sender. */
type Told = 'resets' | { readonly status: number; readonly body?: string };

/** An endpoint that counts what it takes and keeps no bodies: for more messages than memory is for. */
export class CountingReceiver {
  /** Messages of every kind that have come, also those that were refused. */
  received = 0;
  /** Of those, how many were not taken. */
  refused = 0;
  /** Messages that were taken once more. */
  again = 0;
  /** Of those, how many came with another id or number than before. */
  unlike = 0;
  /** First takings of a truck's event after one that is later in the log. */
  outOfOrder = 0;
  /** @param refusals how often this message was refused or reset before */
  decide: (refusals: number) => Verdict = () => 'takes';
  /** Id and number by position. */
  readonly #told = new Map<number, string>();
  readonly #newestOf = new Map<string, number>();
  /** By number of the delivery, of those that were not taken yet. */
  readonly #refusals = new Map<string, number>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<CountingReceiver> {
    const server = createServer();
    const receiver = new CountingReceiver(server);
    server.on('request', (request, response) => {
      void receiver.#take(request).then((answer) => {
        if (answer === 'resets') request.socket.resetAndDestroy();
        else response.writeHead(answer.status).end(answer.body);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** How many different events were taken. */
  get taken(): number {
    return this.#told.size;
  }

  /** Ids that more than one event came with, and positions from 1 on that did not come. */
  faults(events: number): { readonly missing: number[]; readonly sharedIds: number } {
    const missing: number[] = [];
    for (let position = 1; position <= events; position += 1) if (!this.#told.has(position)) missing.push(position);
    const ids = Array.from(this.#told.values(), (told) => told.split(' ')[0]);
    return { missing: missing.slice(0, 20), sharedIds: ids.length - new Set(ids).size };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #take(request: IncomingMessage): Promise<Told> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // Its sender was killed on the way: it was not taken.
      return 'resets';
    }
    const body = Buffer.concat(chunks).toString('utf8');
    const number = request.headers['yizhan-delivery-number'];
    if (typeof number !== 'string') {
      const { data } = JSON.parse(body) as { data: { challenge?: string } };
      return { status: 200, body: JSON.stringify({ challenge: data.challenge }) };
    }
    this.received += 1;
    const refusals = this.#refusals.get(number) ?? 0;
    const verdict = this.decide(refusals);
    if (verdict !== 'takes') {
      this.refused += 1;
      this.#refusals.set(number, refusals + 1);
      return verdict === 'resets' ? verdict : { status: verdict };
    }
    this.#refusals.delete(number);
    this.#count(body, `${String(request.headers['webhook-id'])} ${number}`);
    return { status: 204 };
  }

  #count(body: string, told: string): void {
    const { position: text, data } = JSON.parse(body) as { position: string; data: { plate: string } };
    const position = Number(text);
    const before = this.#told.get(position);
    if (before !== undefined) {
      this.again += 1;
      if (before !== told) this.unlike += 1;
      return;
    }
    this.#told.set(position, told);
    const newest = this.#newestOf.get(data.plate) ?? 0;
    if (position < newest) this.outOfOrder += 1;
    else this.#newestOf.set(data.plate, position);
  }
}
