import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

const produce = 0;
const heartbeat = 12;
/** Bytes; each of our events alone has about a thousand. */
const longerThanEmpty = 1_200;

/** How one client of Kafka is deceived. */
interface Deceived {
  readonly clientId: string;
  readonly delay: number;
}

/**
 * A TCP proxy before a Kafka broker, which advertises the proxy's address as its own. It knows Kafka's frames, and does
 * what networks do at the worst moment.
 */
export class KafkaProxy {
  /** Answers to produce requests that were lost. */
  cut = 0;
  #toCut = 0;
  #deceived: Deceived | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly brokerPort: number,
  ) {}

  static async listen(port: number, brokerPort: number): Promise<KafkaProxy> {
    const server = createServer((client) => proxy.#serve(client));
    const proxy = new KafkaProxy(server, brokerPort);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The broker writes what it is sent, and the connection breaks before its answer arrives: so many times from now on. */
  cutNext(count = 1): void {
    this.#toCut += count;
  }

  /**
   * The client believes that it is a member of its group, as its heartbeats are answered, but the coordinator never hears
   * them; all else reaches it, events later by `delay` milliseconds.
   */
  deceive(clientId: string, delay: number): void {
    this.#deceived = { clientId, delay };
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  #serve(client: Socket): void {
    const broker = connect(this.brokerPort, '127.0.0.1');
    const produced = new Set<number>();
    let clientId = '';
    this.#tie(client, broker);
    const requests = new Frames();
    client.on('data', (bytes) => {
      for (const frame of requests.push(bytes)) {
        const request = readRequest(frame);
        clientId = request.clientId;
        if (request.api === produce) produced.add(request.correlation);
        if (request.api === heartbeat && this.#deceived?.clientId === clientId)
          client.write(heard(request.correlation));
        else broker.write(frame);
      }
    });
    const answers = new Frames();
    broker.on('data', (bytes) => {
      for (const frame of answers.push(bytes)) {
        if (produced.delete(frame.readInt32BE(4)) && this.#toCut > 0) {
          this.#toCut -= 1;
          this.cut += 1;
          client.destroy();
          return;
        }
        const { clientId: late, delay = 0 } = this.#deceived ?? {};
        // An answer without events is short: it is not held up, so that the client waits at the broker for the next event.
        if (late === clientId && frame.length > longerThanEmpty) setTimeout(() => client.write(frame), delay);
        else client.write(frame);
      }
    });
  }

  /** One end closes with the other; what breaks them is the test's own doing. */
  #tie(...both: readonly [Socket, Socket]): void {
    for (const socket of both) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        for (const each of both) each.destroy();
      });
    }
  }
}

function readRequest(frame: Buffer): { api: number; correlation: number; clientId: string } {
  const length = frame.readInt16BE(12);
  const clientId = length > 0 ? frame.toString('utf8', 14, 14 + length) : '';
  return { api: frame.readInt16BE(4), correlation: frame.readInt32BE(8), clientId };
}

/** The answer to a heartbeat: no throttling, no error. */
function heard(correlation: number): Buffer {
  const answer = Buffer.alloc(14);
  answer.writeInt32BE(10);
  answer.writeInt32BE(correlation, 4);
  return answer;
}

/** Splits a stream into Kafka's frames: four bytes of length, then so many of content. */
class Frames {
  #rest: Buffer = Buffer.alloc(0);

  /** @returns the frames that are whole now, each with its length before it. */
  push(bytes: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const whole: Buffer[] = [];
    while (this.#rest.length >= 4 && this.#rest.length >= 4 + this.#rest.readInt32BE()) {
      const end = 4 + this.#rest.readInt32BE();
      whole.push(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
    }
    return whole;
  }
}
