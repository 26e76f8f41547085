import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '@yizhan/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemDetails } from './problem-details.js';
import { headersOf } from './security-headers.js';

const badAddress = new Problem(
  'invalid',
  'REQUEST.BAD_ADDRESS',
  'the address can not be read: write what is not ASCII as UTF-8 and percent-encode it',
);
const addressTooLong = new Problem('invalid', 'REQUEST.ADDRESS_TOO_LONG', 'a part of the address is too long');
const headTooLong = new Problem('invalid', 'REQUEST.HEAD_TOO_LONG', 'the address and the headers are too long');
const tooSlow = new Problem('invalid', 'REQUEST.TOO_SLOW', 'the request did not arrive in time');
const noHttp = new Problem('invalid', 'REQUEST.UNREADABLE', 'this is no HTTP request that can be read');

/** Answers what the router refuses before any hook or filter runs: an address that it cannot decode, or is too long. */
export function answerUnroutable(error: { readonly code: string }, request: FastifyRequest, reply: FastifyReply): void {
  const problem = error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? addressTooLong : badAddress;
  // What cannot be decoded is no address that could be named.
  const document = problemDetails(problem, '', request.id);
  void reply
    .headers(headersOf(request.id))
    .status(document.status)
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(document)));
}

/** Answers what is no HTTP request to begin with, so that nobody but the socket is there, and closes. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const requestId = randomUUID();
  const document = problemDetails(problemOfSocket(error.code), '', requestId);
  const body = JSON.stringify(document);
  const headers = Object.entries({
    ...headersOf(requestId),
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status] ?? ''}\r\n`;
  if (socket.writable) socket.write(`${status}${headers.join('')}\r\n${body}`);
  socket.destroySoon();
}

function problemOfSocket(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_INVALID_URL':
      return badAddress;
    case 'HPE_HEADER_OVERFLOW':
      return headTooLong;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return tooSlow;
    default:
      return noHttp;
  }
}
