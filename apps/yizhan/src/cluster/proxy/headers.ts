import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** RFC 9110, 7.6.1: said from one connection to the next, not from end to end. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers that are for the other end; without what `Connection` names too. */
export function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name)));
}

/** Bytes that follow the headers; Infinity where that is not said beforehand. */
export const bodyLengthOf = ({ headers }: IncomingMessage): number =>
  headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Number.POSITIVE_INFINITY;

/** The id that the caller has given the request, where it is fit for a log; else a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/** What the service is sent: the caller's headers, who asked, and how the body is framed. */
export function headersAhead(request: IncomingMessage, requestId: string): OutgoingHttpHeaders {
  const { headers, socket } = request;
  const before = headers['x-forwarded-for'];
  const proto = headers['x-forwarded-proto'];
  const ahead: OutgoingHttpHeaders = {
    ...endToEnd(headers),
    'x-forwarded-for': [before, socket.remoteAddress].filter(Boolean).join(', '),
    'x-forwarded-proto': proto === 'https' ? 'https' : 'http',
    'x-forwarded-host': headers['x-forwarded-host'] ?? headers.host ?? '',
    'x-request-id': requestId,
  };
  // Node has answered it already.
  delete ahead.expect;
  if (headers['transfer-encoding'] !== undefined) ahead['transfer-encoding'] = 'chunked';
  return ahead;
}
