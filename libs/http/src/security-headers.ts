import type { FastifyInstance } from 'fastify';

/** Where the page of the API description lies; it alone loads scripts and styles, all of them from here. */
export const docsPath = '/api/docs';

const forData = "default-src 'none'; frame-ancestors 'none'";
const forDocs = [
  "default-src 'none'",
  "script-src 'self'",
  // Swagger UI writes style attributes; a style cannot read or send anything.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Headers of every answer: no sniffing, no framing, nothing from outside; answers of the API are not kept by caches. */
export function addSecurityHeaders(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const isDocs = request.url.startsWith(docsPath);
    void reply.headers({
      ...always,
      'x-request-id': request.id,
      'content-security-policy': isDocs ? forDocs : forData,
      ...(isDocs ? {} : { 'cache-control': 'no-store' }),
    });
    done();
  });
}
