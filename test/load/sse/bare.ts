import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogReader } from '@yizhan/event-log';
import { type Connection, createDataSource, Database, servicePlaces } from '@yizhan/persistence';
import { answer } from '../ground/child.js';

/** The peer: a server that keeps its answers in a set, and writes the same frames to each of them in a loop. */
const clients = new Set<ServerResponse>();
let reader: LogReader | undefined;
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' });
  response.write('retry: 2000\nid: 0\n\n');
  clients.add(response);
  response.on('close', () => clients.delete(response));
});

answer({
  open: async ({ connection }: { readonly connection: Connection }) => {
    const { schema } = servicePlaces.dispatch;
    const source = createDataSource({ connection, applicationName: 'bench bare', schema, poolSize: 1 });
    reader = new LogReader(new Database(await source.initialize()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  /** All frames of a burst go to each client in one write. */
  send: async ({ after, limit }: { readonly after: number; readonly limit: number }) => {
    const documents = (await reader?.documentsAfter(after, limit)) ?? [];
    const frames = documents
      .map(({ position, document }) => {
        const { type } = JSON.parse(document) as { type: string };
        return `id: ${position}\nevent: ${type}\ndata: ${document}\n\n`;
      })
      .join('');
    for (const client of clients) client.write(frames);
  },
  usage: () => {
    const { user, system } = process.cpuUsage();
    return { cpu: (user + system) / 1_000 };
  },
});
