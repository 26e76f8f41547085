import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ReverseProxy } from '../../apps/yizhan/src/cluster/proxy/reverse-proxy.js';
import type { Upstream } from '../../apps/yizhan/src/cluster/proxy/upstream-pool.js';
import { type RoutedService, routedServices } from '../../apps/yizhan/src/cluster/routes.js';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on a real port, which can be ended and started again on it. */
export class ProxiedService implements Upstream {
  address: string | undefined;
  isReady = true;
  /** How often it has said whether it is ready. */
  timesAsked = 0;
  #server: Server;

  constructor(readonly handle: Handler) {}

  async start(port = 0): Promise<this> {
    this.#server = createServer((request, response) => {
      if (request.url !== '/health/ready') return this.handle(request, response);
      this.timesAsked += 1;
      response.statusCode = this.isReady ? 200 : 503;
      return response.end();
    });
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.address = `http://127.0.0.1:${this.port}`;
    return this;
  }

  /** 0 where it has died. */
  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** As a killed process does: its connections are cut, and its port refuses. Its address is left as it was. */
  async die(): Promise<number> {
    const { port } = this;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
    return port;
  }
}

/** Answers with a text. */
export const says =
  (text: string): Handler =>
  (_request, response) =>
    response.end(text);

/** Answers with what it was sent. */
export const mirror: Handler = (request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => response.end(JSON.stringify({ method: request.method, headers: request.headers, body })));
};

/** The reverse proxy of a cluster, before servers that do what a test wants. */
export class BehindProxy {
  private constructor(
    readonly proxy: ReverseProxy,
    /** Those that were asked for, in the order of `routedServices`. */
    readonly services: readonly ProxiedService[],
    private readonly all: readonly ProxiedService[],
  ) {}

  /** A service that is not named has one process, which says its name. */
  static async open(behind: Partial<Record<RoutedService, readonly Handler[]>> = {}): Promise<BehindProxy> {
    const upstreams = {} as Record<RoutedService, () => readonly Upstream[]>;
    const [named, all]: ProxiedService[][] = [[], []];
    for (const service of routedServices) {
      const started: ProxiedService[] = [];
      for (const handle of behind[service] ?? [says(service)]) started.push(await new ProxiedService(handle).start());
      if (behind[service]) named.push(...started);
      all.push(...started);
      upstreams[service] = () => started;
    }
    const onFault = (error: unknown): never => {
      throw new Error('the proxy has failed', { cause: error });
    };
    return new BehindProxy(await ReverseProxy.start({ host: '127.0.0.1', port: 0, upstreams, onFault }), named, all);
  }

  get port(): number {
    return Number(new URL(this.proxy.address).port);
  }

  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.proxy.address}${path}`, init);
  }

  post(path: string, body: string): Promise<Response> {
    return this.get(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  }

  async textOf(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  async close(): Promise<void> {
    await this.proxy.close();
    for (const service of this.all) if (service.port > 0) await service.die();
  }
}

/** @throws Error where it has not become so within 10 s. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const begun = performance.now();
  while (!(await isSo())) {
    if (performance.now() - begun > 10_000) throw new Error('it has not become so');
    await pause(20);
  }
}
