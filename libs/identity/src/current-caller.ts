import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Caller } from './caller.js';
import type { CredentialVerifier } from './credentials.js';

const callers = new WeakMap<object, Caller>();
const identified = new WeakMap<object, Promise<Caller>>();

/** Who bears the request's credential; asked once, however often it is wanted. @throws Problem `IDENTITY.…`. */
export function identify(request: HeadersOf, credentials: CredentialVerifier): Promise<Caller> {
  const known = identified.get(request);
  if (known) return known;
  const asked = Promise.resolve().then(() => credentials.verify(bearerToken(request)));
  identified.set(request, asked);
  return asked;
}

/** What is read of a request to tell who makes it. */
export interface HeadersOf {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

function bearerToken({ headers }: HeadersOf): string {
  const match = /^Bearer +([^\s]+)$/i.exec(String(headers.authorization ?? ''));
  if (!match?.[1]) throw new Problem('forbidden', 'IDENTITY.NO_TOKEN', 'send a token: Authorization: Bearer …');
  return match[1];
}

/** Remembers who made an HTTP request, for as long as the request lives. */
export function setCaller(request: object, caller: Caller): void {
  callers.set(request, caller);
}

/** Who made an HTTP request. @throws Problem `IDENTITY.NO_TOKEN` where no guard has asked. */
export function callerOf(request: object): Caller {
  const caller = callers.get(request);
  if (!caller) throw new Problem('forbidden', 'IDENTITY.NO_TOKEN', 'send a token: Authorization: Bearer …');
  return caller;
}

/** The caller, as a parameter of a route. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<object>()),
);
