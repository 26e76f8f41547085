import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a gateway was sent. */
export interface SunkMessage {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A gateway of somebody else over HTTP: keeps what comes, and answers as it is told. */
export class TextSink {
  readonly messages: SunkMessage[] = [];
  answering: (response: ServerResponse, message: SunkMessage) => void = (response) => void response.end('{"code":0}');

  private constructor(
    private readonly server: Server,
    /** Stays, also when nobody answers there any more. */
    readonly url: string,
  ) {}

  static async open(): Promise<TextSink> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sink = new TextSink(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url = '', headers } = request;
        const message = { path: url, headers, body: Buffer.concat(chunks).toString() };
        sink.messages.push(message);
        sink.answering(response, message);
      });
    });
    return sink;
  }

  /** A body of JSON of each, parsed. */
  get bodies(): unknown[] {
    return this.messages.map(({ body }) => JSON.parse(body) as unknown);
  }

  /** Answers everything with this status and body from now on. */
  answer(status: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.answering = (response) => void response.writeHead(status, headers).end(text);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
