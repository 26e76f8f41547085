import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Caller } from './caller.js';
import type { CredentialVerifier } from './credentials.js';

const callers = new WeakMap<object, Caller>();
const identified = new WeakMap<object, Promise<Caller>>();
const verifiers = new WeakMap<object, CredentialVerifier>();

/** Who bears the request's credential; asked once, however often it is wanted. @throws Problem `IDENTITY.…`. */
export function identify(request: HeadersOf, credentials: CredentialVerifier): Promise<Caller> {
  const known = identified.get(request);
  if (known) return known;
  const asked = Promise.resolve().then(() => credentials.verify(bearerToken(request)));
  identified.set(request, asked);
  verifiers.set(request, credentials);
  return asked;
}

/** What a request was let in with. */
export interface HeldCredential {
  /** As it was sent: a secret. */
  readonly text: string;
  /** @throws Problem `forbidden` where it is not taken any more: it has ended, or was taken back. */
  lookAgain(): Promise<Caller>;
}

/** The credential of a request that the guard has let in, for what stays open longer than a request does. */
export function credentialOf(request: HeadersOf): HeldCredential {
  const credentials = verifiers.get(request);
  const text = bearerToken(request);
  if (!credentials) throw new Problem('forbidden', 'IDENTITY.NO_TOKEN', 'nobody has looked at the token');
  return { text, lookAgain: () => credentials.verify(text) };
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
