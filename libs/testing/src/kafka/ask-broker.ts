import { once } from 'node:events';
import { connect } from 'node:net';

/** A request of Kafka's protocol: `key` says which, and `version` should be the oldest that Kafka 4 still answers. */
export interface ApiRequest {
  readonly key: number;
  readonly version: number;
}

/**
 * Sends one request on a connection of its own and resolves with the body of the answer.
 * @param address as `host:port`
 * @throws where nobody answers within `timeoutMs`.
 */
export async function askBroker(
  address: string,
  request: ApiRequest,
  body: Buffer,
  timeoutMs = 5_000,
): Promise<Buffer> {
  const colon = address.lastIndexOf(':');
  const socket = connect(Number(address.slice(colon + 1)), address.slice(0, colon));
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`${address} did not answer within ${timeoutMs} ms`)));
  try {
    await once(socket, 'connect');
    socket.write(framed(Buffer.concat([int16(request.key), int16(request.version), int32(1), nullString, body])));
    let answer = Buffer.alloc(0);
    for await (const part of socket) {
      answer = Buffer.concat([answer, part as Buffer]);
      if (answer.length >= 4 && answer.length >= 4 + answer.readInt32BE()) return answer.subarray(8);
    }
    throw new Error(`${address} closed the connection without an answer`);
  } finally {
    socket.destroy();
  }
}

export interface ClusterView {
  /** Of the brokers that take part, by id. */
  readonly brokers: ReadonlyMap<number, string>;
  readonly topics: readonly string[];
}

const metadata: ApiRequest = { key: 3, version: 1 };

/** The cluster as one broker knows it. @throws where the broker does not answer. */
export async function describeCluster(address: string): Promise<ClusterView> {
  const everyTopic = int32(-1);
  const answer = new Reader(await askBroker(address, metadata, everyTopic));
  const brokers = answer.list(() => {
    const id = answer.int32();
    const place = `${answer.string()}:${answer.int32()}`;
    answer.string();
    return [id, place] as const;
  });
  answer.int32();
  const topics = answer.list(() => {
    answer.int16();
    const name = answer.string() ?? '';
    answer.int8();
    answer.list(() => [answer.int16(), answer.int32(), answer.int32(), answer.int32s(), answer.int32s()]);
    return name;
  });
  return { brokers: new Map(brokers), topics };
}

/** Reads big-endian values one after the other. */
export class Reader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  int8(): number {
    return this.bytes.readInt8(this.#step(1));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.#step(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.#step(4));
  }

  string(): string | undefined {
    const length = this.int16();
    if (length < 0) return undefined;
    const start = this.#step(length);
    return this.bytes.toString('utf8', start, start + length);
  }

  list<T>(item: () => T): T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, item);
  }

  int32s(): number[] {
    return this.list(() => this.int32());
  }

  #step(size: number): number {
    const start = this.#at;
    this.#at += size;
    return start;
  }
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export const string = (text: string): Buffer => Buffer.concat([int16(Buffer.byteLength(text)), Buffer.from(text)]);

const nullString = int16(-1);
const framed = (bytes: Buffer): Buffer => Buffer.concat([int32(bytes.length), bytes]);
