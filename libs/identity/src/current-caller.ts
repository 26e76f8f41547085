import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Caller } from './caller.js';

const callers = new WeakMap<object, Caller>();

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
