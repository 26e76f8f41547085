import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { canonicalJson } from '@yizhan/event-log';
import { type Caller, callerOf } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';

/** A state-changing request as use cases take it; the station's `StationRequest` may also say when it happened. */
export interface ChangeRequest {
  /** `Idempotency-Key`, unique per caller. */
  readonly key: string;
  /** Subject of the token. */
  readonly caller: string;
  /**
   * SHA-256 (hex) of method, address and body without its secrets: the same key with another digest is another request. What a
   * body holds can be guessed from it: nothing keeps it as it is.
   */
  readonly hash: string;
  readonly traceparent?: string;
}

/** What is read of an HTTP request. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
}

export const keyPattern = /^[\x21-\x7e]{1,200}$/;
const traceparentPattern = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

const secretFields: ReadonlySet<string> = new Set(['pin', 'currentPin', 'password', 'currentPassword']);

/** A stored digest of a PIN could be undone by trying all of them: members with these names never go into one. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const open = Object.entries(value).filter(([name]) => !secretFields.has(name));
  return Object.fromEntries(open.map(([name, part]) => [name, withoutSecrets(part)]));
}

/** @throws Problem `REQUEST.NO_KEY` where the `Idempotency-Key` is missing or unusable. */
export function toChangeRequest(caller: Caller, request: RawRequest): ChangeRequest {
  const { method, url, headers, body } = request;
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !keyPattern.test(key)) {
    const message = 'send an Idempotency-Key of 1 to 200 visible ASCII characters, a new one for each new request';
    throw new Problem('invalid', 'REQUEST.NO_KEY', message, { header: 'Idempotency-Key' });
  }
  const traceparent = headers.traceparent;
  return {
    key,
    caller: caller.subject,
    hash: hashOf(method, url, body),
    ...(typeof traceparent === 'string' && traceparentPattern.test(traceparent) ? { traceparent } : {}),
  };
}

/** SHA-256 (hex) of what is asked. An empty body asks what none asks. */
export function hashOf(method: string, url: string, body: unknown): string {
  return digestOf(canonicalJson([method, url, isEmpty(body) ? null : withoutSecrets(body)]));
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
}

const digestOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

@Injectable()
class ReadChangeRequest implements PipeTransform<RawRequest, ChangeRequest> {
  transform(request: RawRequest): ChangeRequest {
    return toChangeRequest(callerOf(request), request);
  }
}

const HttpRequest = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<RawRequest>(),
);

/** Marks an operation of the API description as one that takes an `Idempotency-Key`. */
export const changesState = 'x-changes-state';

/** The request of a route that changes state, as a parameter: key, caller and digest. */
export function CurrentRequest(): ParameterDecorator {
  return (target, key, index) => {
    HttpRequest(ReadChangeRequest)(target, key, index);
    const route = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && route) ApiExtension(changesState, true)(target, key, route);
  };
}
