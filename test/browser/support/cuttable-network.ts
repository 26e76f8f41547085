import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext } from 'playwright-core';

/**
 * The way from a device to the product, which a test can cut. A browser that only pretends to be
 * offline may for a moment forget it where a page that is kept on the device is loaded again; what
 * the page has kept is sent then.
 */
export class CuttableNetwork {
  #isCut = false;

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
    this.proxy.closeAllConnections();
    await context.setOffline(true);
  }

  async mend(context: BrowserContext): Promise<void> {
    this.#isCut = false;
    await context.setOffline(false);
  }

  close(): void {
    this.proxy.closeAllConnections();
    this.proxy.close();
  }
}
