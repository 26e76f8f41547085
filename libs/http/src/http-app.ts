import { randomUUID } from 'node:crypto';
import { Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type CredentialVerifier, RolesGuard } from '@yizhan/identity';
import type { BuiltPages } from './pages/built-pages.js';
import { servePages } from './pages/serve-pages.js';
import { allowLargeBodies } from './large-bodies.js';
import { acceptPhotos } from './photo-upload.js';
import { ProblemFilter, type ReportFault } from './problem-filter.js';
import { limitRates, type RateLimits } from './rate-limits.js';
import { refuseUnfitBodies } from './refuse-unfit-bodies.js';
import { answerUnreadable, answerUnroutable } from './refused-early.js';
import { addSecurityHeaders } from './security-headers.js';
import { strictInput } from './strict-input.js';
import { readUploads } from './uploads.js';

const largestBody = 256 * 1024;
/** What Node takes for every stream since its version 22: a burst of events for a client of the live stream fits. */
const socketBuffer = 64 * 1024;

export interface HttpSettings {
  /** Tells who asks. */
  readonly tokens: CredentialVerifier;
  /** Told of what is our own fault. */
  readonly report: ReportFault;
  /** How much may be asked; no limit where it is absent. */
  readonly limits?: RateLimits;
  /** The console; absent where it is not built. */
  readonly pages?: BuiltPages | undefined;
}

/** Nest and Fastify also read forms and text; a body here is JSON, and anything else is a 415. */
class JsonAdapter extends FastifyAdapter {
  override registerParserMiddleware(prefix?: string, rawBody?: boolean): void {
    super.registerParserMiddleware(prefix, rawBody);
    this.getInstance().removeContentTypeParser(['application/x-www-form-urlencoded', 'text/plain']);
  }
}

/** Fastify with bounded JSON bodies and an id for each request; what it refuses is a problem too. Open connections never keep it from closing. */
export function httpAdapter(trustedProxies: readonly string[] = []): FastifyAdapter {
  return new JsonAdapter({
    bodyLimit: largestBody,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: answerUnroutable,
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    http: { highWaterMark: socketBuffer },
    routerOptions: { maxParamLength: 200 },
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  });
}

/** The rules of every route: a token and a role, strict input, problem documents, safe headers. */
export function prepareHttp(app: NestFastifyApplication, settings: HttpSettings): void {
  const fastify = app.getHttpAdapter().getInstance();
  addSecurityHeaders(fastify);
  if (settings.pages) servePages(fastify, settings.pages);
  if (settings.limits) limitRates(fastify, settings.tokens, settings.limits);
  readUploads(fastify);
  allowLargeBodies(fastify);
  refuseUnfitBodies(fastify);
  acceptPhotos(fastify);
  app.useGlobalGuards(new RolesGuard(app.get(Reflector), settings.tokens));
  app.useGlobalPipes(strictInput());
  app.useGlobalFilters(new ProblemFilter(settings.report));
}
