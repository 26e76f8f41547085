import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { isStream, routeOf } from '../serve-metrics.js';
import type { TracedRequest, Tracing } from './tracing.js';

/**
 * Begins a trace with every request to the API, or goes on with the one that it names; what the request changes becomes part of it.
 * Of a stream, which lasts as long as its reader wants, nothing is told. Call it before the application is initialised.
 */
export function traceRequests(app: NestFastifyApplication, tracing: Tracing): void {
  const fastify = app.getHttpAdapter().getInstance();
  const traced = new WeakMap<FastifyRequest, TracedRequest>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.url.startsWith('/api/')) {
      const { traceparent } = request.headers;
      const step = tracing.request(request.method, typeof traceparent === 'string' ? traceparent : undefined);
      traced.set(request, step);
      request.headers.traceparent = step.traceparent;
    }
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (!isStream(reply)) traced.get(request)?.end(routeOf(request), reply.statusCode);
    done();
  });
}
