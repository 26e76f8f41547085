import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * Below the range from which systems number outgoing connections. A port from that range can be taken while its broker
 * is down, and a client that keeps dialling it can end up connected to itself.
 */
const [lowest, highest] = [20_000, 32_000];

export const loopback = '127.0.0.1';

/** Distinct ports of the loopback address on which nothing listens at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  const ports: number[] = [];
  for (let tries = 0; ports.length < count && tries < 1_000; tries += 1) {
    const port = randomInt(lowest, highest);
    const server = await listen(port);
    if (!server) continue;
    held.push(server);
    ports.push(port);
  }
  await Promise.all(held.map((server) => once(server.close(), 'close')));
  if (ports.length < count) throw new Error(`no ${count} free ports between ${lowest} and ${highest}`);
  return ports;
}

async function listen(port: number): Promise<Server | undefined> {
  const server = createServer();
  try {
    await once(server.listen(port, loopback), 'listening');
    return server;
  } catch (error) {
    if (['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
