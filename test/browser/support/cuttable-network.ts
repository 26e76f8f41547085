import { createServer, request as ask, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { BrowserContext } from 'playwright-core';

/**
 * The way from a device to the product, which a test can cut. A browser that only pretends to be
 * offline may for a moment forget it where a page that is kept on the device is loaded again; what
 * the page has kept is sent then.
 */
export class CuttableNetwork {
  #isCut = false;
  /** Of what is encrypted, which is passed on as it is. */
  readonly #tunnels = new Set<Duplex>();

  private constructor(private readonly proxy: Server) {}

  static async open(): Promise<CuttableNetwork> {
    const proxy = createServer();
    const network = new CuttableNetwork(proxy);
    proxy.on('request', (request, response) => {
      if (network.#isCut) return void request.socket.destroy();
      const { method, headers } = request;
      const onward = ask(request.url ?? '', { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.flushHeaders();
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      });
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      request.pipe(onward);
    });
    proxy.on('connect', (request, client) => network.#tunnel(request.url ?? '', client));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return network;
  }

  /** Where a browser finds it. */
  get address(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
  }

  /** Takes the network from a device: nothing that is under way arrives, and its browser knows. */
  async cut(context: BrowserContext): Promise<void> {
    this.#isCut = true;
    this.#drop();
    await context.setOffline(true);
  }

  async mend(context: BrowserContext): Promise<void> {
    this.#isCut = false;
    await context.setOffline(false);
  }

  close(): void {
    this.#drop();
    this.proxy.close();
  }

  #tunnel(place: string, client: Duplex): void {
    if (this.#isCut) return void client.destroy();
    const { hostname, port } = new URL(`http://${place}`);
    const server: Socket = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(server).pipe(client);
    });
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#tunnels.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        this.#tunnels.delete(end);
        other.destroy();
      });
    }
  }

  #drop(): void {
    this.proxy.closeAllConnections();
    for (const tunnel of this.#tunnels) tunnel.destroy();
  }
}
