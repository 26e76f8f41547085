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

const forPages = [
  "default-src 'none'",
  "script-src 'self'",
  // Ant Design writes its styles while it runs, in style elements and attributes; a style cannot read or send anything.
  "style-src 'self' 'unsafe-inline'",
  // A photo that was just taken, and a slip that is printed, are pages of their own making.
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
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

/** Headers of an answer that is data: no sniffing, no framing, nothing from outside, and no cache keeps it. */
export function headersOf(requestId: string): Record<string, string> {
  return { ...always, 'x-request-id': requestId, 'content-security-policy': forData, 'cache-control': 'no-store' };
}

/** Headers of a file of the console: scripts and what they ask for come from this address and no other. */
export function headersOfPage(requestId: string): Record<string, string> {
  return { ...always, 'x-request-id': requestId, 'content-security-policy': forPages };
}

/** Puts them on every answer; the page of the API description may load its own scripts, and be kept. */
export function addSecurityHeaders(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const isDocs = request.url.startsWith(docsPath);
    const headers = isDocs
      ? { ...always, 'x-request-id': request.id, 'content-security-policy': forDocs }
      : headersOf(request.id);
    void reply.headers(headers);
    done();
  });
}
