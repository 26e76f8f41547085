import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnavailable } from './is-unavailable.js';
import { faultDetails, problemDetails, type ProblemDetails } from './problem-details.js';

/** Told of every error that is no problem of the caller's, with the id that the caller was given. */
export type ReportFault = (error: unknown, requestId: string) => void;

/** The one place where an error becomes HTTP: an RFC 9457 document without a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly report: ReportFault) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { id, url } = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const [path = ''] = (url ?? '').split('?');
    const body = this.#document(error, path, id);
    if (body.status === 401) void reply.header('www-authenticate', 'Bearer');
    const wait = body.retryAfterSeconds;
    if (typeof wait === 'number') void reply.header('retry-after', String(Math.ceil(wait)));
    // A string would get a charset, which JSON has none of.
    const document = Buffer.from(JSON.stringify(body));
    void reply.status(body.status).header('content-type', 'application/problem+json').send(document);
  }

  #document(error: unknown, path: string, requestId: string): ProblemDetails {
    const problem = this.#problemOf(error, requestId);
    return problem ? problemDetails(problem, path, requestId) : faultDetails(path, requestId);
  }

  #problemOf(error: unknown, requestId: string): Problem | undefined {
    if (error instanceof Problem) return withWait(error);
    if (error instanceof HttpException && error.getStatus() < 500) return problemOfEdge(error);
    this.report(error, requestId);
    if (!isUnavailable(error)) return undefined;
    return withWait(new Problem('unavailable', 'SERVER.DATABASE_AWAY', 'the database is away; ask again in a moment'));
  }
}

const usualWaitSeconds = 2;

/** Whoever is told to come back later is told when. */
function withWait(problem: Problem): Problem {
  if (problem.kind !== 'unavailable' || problem.details.retryAfterSeconds !== undefined) return problem;
  const details = { ...problem.details, retryAfterSeconds: usualWaitSeconds };
  return new Problem(problem.kind, problem.code, problem.message, details);
}

/** What Fastify and Nest refuse before a route is reached. */
function problemOfEdge(error: HttpException): Problem {
  switch (error.getStatus()) {
    case 404:
      return new Problem('not_found', 'REQUEST.NO_SUCH_ROUTE', 'there is nothing at this address');
    case 413:
      return new Problem('invalid', 'REQUEST.TOO_LARGE', 'the body is too large');
    case 415:
      return new Problem('invalid', 'REQUEST.MEDIA_TYPE', 'send the body as application/json');
    default:
      return new Problem('invalid', 'REQUEST.UNREADABLE', 'the body is no JSON object that can be read');
  }
}
