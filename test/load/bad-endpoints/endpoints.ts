import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from '../ground/child.js';

/** How an endpoint behaves; `good` takes everything at once. */
export type Behaviour = 'good' | 'hangs' | 'gigabyte' | 'resets';

const gigabyte = 2 ** 30;
const piece = Buffer.alloc(64 * 1024, 'x');
/** For each endpoint, when each position has first come, epoch milliseconds. */
const arrivals: Map<number, number>[] = [];

const behaviours: Readonly<Record<Behaviour, (request: IncomingMessage, response: ServerResponse) => void>> = {
  good: (_request, response) => void response.writeHead(204).end(),
  hangs: () => undefined,
  gigabyte: (_request, response) => {
    response.writeHead(200);
    let left = gigabyte;
    const send = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= piece.length;
        if (!response.write(piece)) return;
      }
      if (left <= 0) response.end();
    };
    response.on('drain', send);
    response.on('error', () => undefined);
    send();
  },
  resets: (request) => request.socket.resetAndDestroy(),
};

async function open(behaviour: Behaviour): Promise<string> {
  const came = new Map<number, number>();
  arrivals.push(came);
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    // It is cut on its way where this process is told to.
    request.on('error', () => undefined);
    request.on('end', () => {
      const at = performance.timeOrigin + performance.now();
      const { data, position } = JSON.parse(body) as { data: object; position?: string };
      if (position === undefined) return void response.writeHead(200).end(JSON.stringify(data));
      if (!came.has(Number(position))) came.set(Number(position), at);
      behaviours[behaviour](request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}

answer({
  open: ({ behaviours: wanted }: { readonly behaviours: readonly Behaviour[] }) => Promise.all(wanted.map(open)),
  /** How many positions the endpoint that has fewest has got. */
  fewest: () => Math.min(...arrivals.map((came) => came.size)),
  /** Of all endpoints, [position, when it came]; forgets them. */
  take: () => {
    const all = arrivals.map((came) => [...came]);
    for (const came of arrivals) came.clear();
    return all;
  },
});
