import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { answerUnreadable } from '@yizhan/http';
import { type RoutedService, routedServices, serviceOf } from '../routes.js';
import { answerJson, answerProblem, noSuchRoute, nobodyReady, pathOf, problemOf, stopping } from './answers.js';
import { type Exchange, forward } from './forward.js';
import { bodyLengthOf, requestIdOf } from './headers.js';
import { mergeOpenApi, type OpenApiDocument } from './merge-open-api.js';
import { UpstreamConnections } from './upstream-connections.js';
import { type Upstream, UpstreamPool } from './upstream-pool.js';

export interface ProxySettings {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** The processes of each service, as they are at the moment. */
  readonly upstreams: Readonly<Record<RoutedService, () => readonly Upstream[]>>;
  /** Told of what is a fault of the proxy itself. */
  readonly onFault: (error: unknown) => void;
}

const probeEvery = 500;
const patience = 5_000;
const lookEvery = 20;

/**
 * One address before every process of a cluster. On node:http alone, so that a request whose connection is refused can go to
 * the next process, body and all (ADR 15).
 */
export class ReverseProxy {
  readonly #pools: Readonly<Record<RoutedService, UpstreamPool>>;
  readonly #connections = new UpstreamConnections();
  readonly #underWay = new Set<Exchange>();
  readonly #server: Server;
  #probes: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;
  /** Where it listens, such as `http://127.0.0.1:7700`. */
  address = '';

  private constructor({ upstreams, onFault }: ProxySettings) {
    const pools = routedServices.map((service) => [
      service,
      new UpstreamPool(upstreams[service], this.#connections.probes),
    ]);
    this.#pools = Object.fromEntries(pools) as Record<RoutedService, UpstreamPool>;
    this.#server = createServer((request, response) => {
      const exchange = { request, response, requestId: requestIdOf(request) };
      this.#underWay.add(exchange);
      response.once('close', () => this.#underWay.delete(exchange));
      this.#answer(exchange).catch((error: unknown) => {
        onFault(error);
        response.destroy();
      });
    });
    this.#server.on('clientError', answerUnreadable);
  }

  /** Listens, and has asked every process whether it is ready. @throws the system's error where it cannot listen. */
  static async start(settings: ProxySettings): Promise<ReverseProxy> {
    const proxy = new ReverseProxy(settings);
    await proxy.#listen(settings);
    await proxy.probe();
    proxy.#probes = setInterval(() => void proxy.probe(), probeEvery).unref();
    return proxy;
  }

  /** Asks every process whether it is ready; happens by itself twice a second. */
  async probe(): Promise<void> {
    await Promise.all(Object.values(this.#pools).map((pool) => pool.probe()));
  }

  /** Refuses new requests, waits a while for those under way, and cuts the streams that are left. Once. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#probes);
    const closed = once(this.#server, 'close');
    this.#server.close();
    const begun = performance.now();
    while (this.#underWay.size > 0 && performance.now() - begun < patience) await pause(lookEvery);
    this.#server.closeAllConnections();
    await closed;
    this.#connections.destroy();
  }

  async #listen({ host, port }: ProxySettings): Promise<void> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    const { port: taken } = this.#server.address() as AddressInfo;
    this.address = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { method, url } = exchange.request;
    const path = pathOf(url);
    const isRead = method === 'GET' || method === 'HEAD';
    if (isRead && path === '/health/live') return answerJson(exchange, 200, { status: 'ok', checks: {} });
    if (this.#closing) return answerProblem(exchange, stopping);
    if (isRead && path === '/health/ready') return this.#answerReady(exchange);
    if (isRead && path === '/api/openapi.json') return this.#answerOpenApi(exchange);
    const service = serviceOf(path);
    return service ? this.#relay(exchange, service) : answerProblem(exchange, noSuchRoute);
  }

  /**
   * What is refused goes to the next process; what was cut off does once, where asking again cannot do harm, and a question
   * that one cannot answer now goes round: only one scheduler decides for an area.
   */
  async #relay(exchange: Exchange, service: RoutedService): Promise<void> {
    const { request, response } = exchange;
    const pool = this.#pools[service];
    let mayRepeat = (request.method === 'GET' || request.method === 'HEAD') && bodyLengthOf(request) === 0;
    const addresses = pool.inTurn();
    const agent = this.#connections.of(pathOf(request.url));
    const isQuestion = mayRepeat;
    for (const address of addresses) {
      const isLast = address === addresses.at(-1);
      const outcome = await forward(exchange, address, agent, (status) => status !== 503 || !isQuestion || isLast);
      if (outcome === 'unavailable') continue;
      if (outcome === 'answered' || response.destroyed) return;
      if (outcome !== 'silent') pool.failed(address);
      if (outcome === 'refused') continue;
      if (outcome === 'silent' || !mayRepeat) return answerProblem(exchange, problemOf(outcome));
      mayRepeat = false;
    }
    answerProblem(exchange, nobodyReady(service));
  }

  #answerReady(exchange: Exchange): void {
    const verdicts = Object.entries(this.#pools).map(([service, { isReady }]) => [
      service,
      isReady ? { ok: true } : { ok: false, detail: 'no process is ready' },
    ]);
    const isReady = Object.values(this.#pools).every((pool) => pool.isReady);
    const report = { status: isReady ? 'ok' : 'failing', checks: Object.fromEntries(verdicts) };
    answerJson(exchange, isReady ? 200 : 503, report, isReady ? {} : { 'retry-after': '2' });
  }

  /** One description of everything behind this address. */
  async #answerOpenApi(exchange: Exchange): Promise<void> {
    const documents: Partial<Record<RoutedService, OpenApiDocument>> = {};
    for (const service of routedServices) {
      const document = await describe(this.#pools[service].inTurn());
      if (!document) return answerProblem(exchange, nobodyReady(service));
      documents[service] = document;
    }
    answerJson(exchange, 200, mergeOpenApi(documents).document);
  }
}

/** What the first of these processes that answers says of its service. */
async function describe(addresses: readonly string[]): Promise<OpenApiDocument | undefined> {
  for (const address of addresses) {
    try {
      const answer = await fetch(`${address}/api/openapi.json`, { signal: AbortSignal.timeout(5_000) });
      if (answer.ok) return (await answer.json()) as OpenApiDocument;
    } catch {
      continue;
    }
  }
  return undefined;
}
