import { Agent, request as open } from 'node:http';
import type { FuzzAnswer } from './oracle.js';
import type { FuzzRequest } from './requests.js';

/** Sends requests as they are, one after the other, over one connection. */
export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly address: string,
    private readonly tokens: Readonly<Record<string, string | undefined>>,
  ) {}

  /** The answer, of a stream only its head. */
  send({ method, url, as, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
    const { hostname, port } = new URL(this.address);
    const token = this.tokens[as];
    const content = body === undefined ? undefined : Buffer.from(body);
    const all = {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(content && { 'content-length': content.length }),
    };
    return new Promise((resolve, reject) => {
      const asked = open({ agent: this.#agent, hostname, port, method, path: url, headers: all }, (answer) => {
        const chunks: Buffer[] = [];
        const finish = () =>
          resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks).toString() });
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', finish).once('error', reject);
        if (answer.headers['content-type']?.startsWith('text/event-stream') === true) {
          finish();
          asked.destroy();
        }
      });
      asked.once('error', reject);
      asked.end(content);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The request as somebody types it who wants to see the answer again. */
export function asCurl({ method, url, as, headers, body }: FuzzRequest): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = [
    `curl -X ${method} "$ADDRESS"${quoted(url)}`,
    `-H "Authorization: Bearer $TOKEN"  # as ${as}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(typeof body === 'string' ? [`--data-binary ${quoted(printable(body))}`] : []),
    ...(Buffer.isBuffer(body)
      ? [`--data-binary @-  # of these bytes in base64: ${body.toString('base64').slice(0, 400)}`]
      : []),
  ];
  return parts.join('\n  ');
}

function printable(body: string): string {
  const visible = JSON.stringify(body).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  return visible.length > 2_000 ? `${visible.slice(0, 2_000)}… (${body.length} characters)` : visible;
}
