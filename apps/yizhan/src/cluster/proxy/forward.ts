import { type Agent, type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { endToEnd, headersAhead } from './headers.js';

/** One request of a client, and the way to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
}

/**
 * `answered`: the answer has begun, or the client has gone. In every other case the client has been sent nothing:
 * `unavailable`: it has said 503, which is kept from the client; `refused`: no connection, so that the request has not been sent either; `cut`: the connection has ended before an
 * answer; `silent`: no answer has begun in time.
 */
export type Outcome = 'answered' | 'unavailable' | 'refused' | 'cut' | 'silent';

/** Twice the longest statement of a service. */
const answerWithin = 60_000;

/** Whether an answer is for the client; one that is not is dropped, and the request can go elsewhere. */
export type IsForClient = (status: number) => boolean;

/** Sends a request on to the process at `address`, and its answer back, both as they come. Never rejects. */
export function forward(exchange: Exchange, address: string, agent: Agent, isForClient: IsForClient): Promise<Outcome> {
  const { request, response, requestId } = exchange;
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    let isConnected = false;
    const ahead = requestTo({
      agent,
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      method: request.method,
      path: request.url,
      headers: headersAhead(request, requestId),
    });
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      response.off('close', onGone);
      if (outcome !== 'answered') request.unpipe(ahead);
      resolve(outcome);
    };
    const onGone = (): void => {
      ahead.destroy();
      settle('answered');
    };
    const timer = setTimeout(() => {
      settle('silent');
      ahead.destroy();
    }, answerWithin);
    response.once('close', onGone);
    ahead.once('socket', (socket: Socket) =>
      // Not a byte of the body is taken before, so that the request can still go elsewhere.
      onceConnected(socket, () => {
        isConnected = true;
        request.pipe(ahead);
      }),
    );
    ahead.once('response', (answer) => {
      if (!isForClient(answer.statusCode ?? 502)) {
        answer.resume();
        return settle('unavailable');
      }
      settle('answered');
      sendBack(answer, exchange);
    });
    ahead.on('error', () => settle(isConnected ? 'cut' : 'refused'));
  });
}

function onceConnected(socket: Socket, then: () => void): void {
  if (socket.connecting) socket.once('connect', then);
  else then();
}

/** An answer that breaks off breaks off at the client too, who would take a clean end for all of it. */
function sendBack(answer: IncomingMessage, { request, response }: Exchange): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers));
  // A stream of events may say nothing for a while: its reader is to know that it is open.
  response.flushHeaders();
  pipeline(answer, response, () => {
    // What an early answer has left of the body would be taken for the next request.
    request.unpipe();
    request.resume();
  });
}
