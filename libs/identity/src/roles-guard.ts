import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { Problem } from '@yizhan/kernel';
import { setCaller } from './current-caller.js';
import { rolesOf } from './roles.js';
import type { TokenVerifier } from './token-verifier.js';

interface HttpRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The one guard: a token for every route that is not public, and a role that the route names. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Events come from the log, which only the services themselves write.
    if (context.getType() !== 'http') return true;
    const allowed = rolesOf(this.reflector, context);
    if (allowed === 'public') return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const caller = await this.tokens.verify(bearerToken(request));
    if (!allowed.includes(caller.role)) {
      throw new Problem('forbidden', 'IDENTITY.ROLE_NOT_ALLOWED', `a ${caller.role} may not do this`, {
        role: caller.role,
        allowedRoles: allowed,
      });
    }
    setCaller(request, caller);
    return true;
  }
}

function bearerToken({ headers }: HttpRequest): string {
  const match = /^Bearer +([^\s]+)$/i.exec(String(headers.authorization ?? ''));
  if (!match?.[1]) throw new Problem('forbidden', 'IDENTITY.NO_TOKEN', 'send a token: Authorization: Bearer …');
  return match[1];
}
