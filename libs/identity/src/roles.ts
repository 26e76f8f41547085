import { applyDecorators, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { Role } from './caller.js';

const rolesKey = 'yizhan:roles';
const publicKey = 'yizhan:public';

type RouteOrClass = MethodDecorator & ClassDecorator;

/** Who may use a route, also named in the API description. On the class for all its routes; on the route instead of the class. */
export const Roles = (...roles: readonly [Role, ...Role[]]): RouteOrClass =>
  applyDecorators(SetMetadata(rolesKey, roles), ApiExtension('x-roles', roles));

/** A route that needs no token: health, the API's own description. */
export const Public = (): RouteOrClass => applyDecorators(SetMetadata(publicKey, true), ApiExtension('x-public', true));

/** Who may use the route that is asked for: `public`, its roles, or nobody where it does not say. */
export function rolesOf(
  reflector: Reflector,
  route: Pick<ExecutionContext, 'getHandler' | 'getClass'>,
): 'public' | readonly Role[] {
  const places = [route.getHandler(), route.getClass()];
  if (reflector.getAllAndOverride<true | undefined>(publicKey, places)) return 'public';
  return reflector.getAllAndOverride<readonly Role[] | undefined>(rolesKey, places) ?? [];
}
