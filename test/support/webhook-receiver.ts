import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as an endpoint has got it. */
export interface ReceivedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers a message; nothing is answered where it does not. */
export type Answering = (message: ReceivedMessage, response: ServerResponse, request: IncomingMessage) => void;

/** An endpoint of a subscriber: proves itself, and takes everything unless it is told otherwise. */
export class WebhookReceiver {
  /** Everything that has come but for challenges and tests, in order. */
  readonly messages: ReceivedMessage[] = [];
  readonly probes: ReceivedMessage[] = [];
  connections = 0;
  answering: Answering = (_message, response) => void response.writeHead(204).end();

  private constructor(private readonly server: Server) {}

  static async open(port = 0): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('connection', () => (receiver.connections += 1));
    server.on('request', (request, response) => void receiver.#take(request, response));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks`;
  }

  /** Ids of the events that have come, in order, with those that came again. */
  get events(): string[] {
    return this.messages.map(({ body }) => (JSON.parse(body) as { id: string }).id);
  }

  get positions(): number[] {
    return this.messages.map(({ body }) => Number((JSON.parse(body) as { position: string }).position));
  }

  get numbers(): number[] {
    return this.messages.map(({ headers }) => Number(headers['yizhan-delivery-number']));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // It was cut on its way: the sender knows that it was not taken.
      return;
    }
    const body = Buffer.concat(chunks).toString('utf8');
    const message = { headers: request.headers as Record<string, string>, body };
    const { type, data } = JSON.parse(body) as { type: string; data: { challenge?: string } };
    if (!type.startsWith('yizhan.subscription.')) {
      this.messages.push(message);
      this.answering(message, response, request);
      return;
    }
    this.probes.push(message);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ challenge: data.challenge }));
  }
}
