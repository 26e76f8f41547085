import { headersOf, problemDetails } from '@yizhan/http';
import { Problem } from '@yizhan/kernel';
import type { Exchange, Outcome } from './forward.js';
import { bodyLengthOf } from './headers.js';

/** What is left of a body of so many bytes is read and dropped, so that the connection can stay. */
const longestDropped = 1_048_576;

/** Seconds after which whoever is refused is to ask again. */
const retryAfterSeconds = 1;

const refusal = (code: string, detail: string): Problem =>
  new Problem('unavailable', code, detail, { retryAfterSeconds });

export const noSuchRoute = new Problem('not_found', 'REQUEST.NO_SUCH_ROUTE', 'there is nothing at this address');

export const stopping = refusal('SERVICE.STOPPING', 'this process is going down; ask again in a moment');

export const nobodyReady = (service: string): Problem =>
  refusal('GATEWAY.NOBODY_READY', `no process of ${service} can be asked now; ask again in a moment`);

/** Of a request that has been sent, so that it may have been carried out. */
const unanswered: Readonly<Record<Exclude<Outcome, 'answered' | 'unavailable' | 'refused'>, Problem>> = {
  cut: refusal(
    'GATEWAY.CUT_OFF',
    'the process that had the request has ended; ask again with the same Idempotency-Key',
  ),
  silent: refusal('GATEWAY.NO_ANSWER', 'no answer has come in time; ask again with the same Idempotency-Key'),
};

export const problemOf = (outcome: keyof typeof unanswered): Problem => unanswered[outcome];

/** Path of a request, without its query. */
export const pathOf = (url: string | undefined): string => (url ?? '').split('?', 1)[0] ?? '';

export function answerProblem(exchange: Exchange, problem: Problem): void {
  const document = problemDetails(problem, pathOf(exchange.request.url), exchange.requestId);
  const wait = problem.details.retryAfterSeconds;
  const headers = { 'content-type': 'application/problem+json' };
  send(
    exchange,
    document.status,
    typeof wait === 'number' ? { ...headers, 'retry-after': String(wait) } : headers,
    document,
  );
}

/** `headers` besides those that every answer has. */
export function answerJson(exchange: Exchange, status: number, document: unknown, headers = {}): void {
  send(exchange, status, { 'content-type': 'application/json; charset=utf-8', ...headers }, document);
}

function send(
  { request, response, requestId }: Exchange,
  status: number,
  headers: Readonly<Record<string, string>>,
  document: unknown,
): void {
  const body = Buffer.from(JSON.stringify(document));
  // A caller that has to open a connection for its next try makes a storm worse.
  const close = !request.complete && bodyLengthOf(request) > longestDropped ? { connection: 'close' } : {};
  response.writeHead(status, { ...headersOf(requestId), ...headers, ...close, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
  request.resume();
}
