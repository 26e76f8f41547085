import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { headersOfPage } from '../security-headers.js';
import type { BuiltPage, BuiltPages, Encoding } from './built-pages.js';

/** Everything that is not a page: what the services answer themselves. */
const elsewhere = /^\/(api|health|metrics)(\/|$)/;
const encodings: readonly Encoding[] = ['br', 'gzip'];

/** Answers what a browser asks of the console, before any route: its files, and its one page for every other address. */
export function servePages(fastify: Pick<FastifyInstance, 'addHook'>, pages: BuiltPages): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const page = pageFor(request, pages);
    if (!page) return done();
    send(page, request, reply);
  });
}

function pageFor({ method, url, headers }: FastifyRequest, pages: BuiltPages): BuiltPage | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const [path = ''] = url.split('?');
  if (elsewhere.test(path)) return undefined;
  return pages.at(path, isNavigation(headers));
}

/** A browser opens a page; a script, a picture or a program that asks for something that is not there gets its 404. */
function isNavigation(headers: FastifyRequest['headers']): boolean {
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined) return mode === 'navigate';
  return (headers.accept ?? '').includes('text/html');
}

function send(page: BuiltPage, request: FastifyRequest, reply: FastifyReply): void {
  const encoding = encodingFor(page, acceptedEncodings(request));
  void reply.headers({
    ...headersOfPage(request.id),
    'content-type': page.type,
    etag: page.etag,
    vary: 'accept-encoding',
    'cache-control': page.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  });
  if (request.headers['if-none-match'] === page.etag) void reply.code(304).send();
  else void reply.send(page.bodies[encoding] ?? page.bodies.identity);
}

const acceptedEncodings = ({ headers }: FastifyRequest): string => [headers['accept-encoding'] ?? ''].flat().join();

function encodingFor(page: BuiltPage, accepted: string): Encoding {
  const names = accepted.split(',').map((each) => each.split(';')[0]?.trim());
  return encodings.find((each) => names.includes(each) && page.bodies[each]) ?? 'identity';
}
