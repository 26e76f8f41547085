import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.js';

/** What no route was found for, whatever the address. */
const noRoute = 'none';

/**
 * Measures every request, and answers `/metrics` to everybody who reaches this process: a reverse proxy must not route
 * it. Call it before the application is initialised.
 */
export function serveMetrics(app: NestFastifyApplication, metrics: Metrics): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', async (request, reply) => {
    if (isStream(reply)) return;
    metrics.request({
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
  });
  fastify.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}

/** Pattern of the route that was found, never the address that was asked for. */
export function routeOf(request: FastifyRequest): string {
  return request.is404 ? noRoute : (request.routeOptions.url ?? noRoute);
}

/** A stream lasts as long as its reader wants. Nest writes its head past Fastify. */
export function isStream(reply: FastifyReply): boolean {
  const type = reply.getHeader('content-type') ?? reply.raw.getHeader('content-type');
  return String(type).startsWith('text/event-stream');
}
