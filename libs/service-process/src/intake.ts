import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenStreams } from './service-definition.js';

const patience = 5_000;
const lookEvery = 20;

/** Counts requests under way, and turns new ones away once the process is going down. */
export class Intake {
  readonly #underWay = new Set<unknown>();
  #isOpen = true;

  /** @param streams answers that would stay open for ever: they are ended, all others are waited for. */
  constructor(private readonly streams: readonly OpenStreams[] = []) {}

  watch(app: NestFastifyApplication): void {
    const fastify = app.getHttpAdapter().getInstance();
    fastify.addHook('onRequest', async (request, reply) => {
      this.#underWay.add(request.raw);
      // Also after a client that has left, which no hook of Fastify tells of once the body was read.
      reply.raw.once('close', () => this.#underWay.delete(request.raw));
      if (this.#isOpen || request.url.startsWith('/health/live')) return undefined;
      const problem = { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'SERVICE.STOPPING' };
      return reply
        .code(503)
        .header('Retry-After', '5')
        .header('Connection', 'close')
        .type('application/problem+json')
        .send(JSON.stringify({ ...problem, detail: 'this process is going down; ask again in a moment' }));
    });
  }

  /** Requests that are not answered yet and whose client is there. */
  get underWay(): number {
    return this.#underWay.size;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Refuses new requests, ends streams and waits for the requests under way, for a while. */
  async close(): Promise<void> {
    this.#isOpen = false;
    for (const each of this.streams) each.endAll();
    const begun = performance.now();
    while (this.#underWay.size > 0 && performance.now() - begun < patience) {
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
    }
  }
}
