import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { Problem } from '@yizhan/kernel';
import type { Caller } from './caller.js';
import type { CredentialVerifier } from './credentials.js';
import { type HeadersOf, identify, setCaller } from './current-caller.js';
import { rolesOf } from './roles.js';

interface HttpRequest extends HeadersOf {
  readonly method?: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** The one guard: a credential for every route that is not public, and a role that the route names. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: CredentialVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Events come from the log, which only the services themselves write.
    if (context.getType() !== 'http') return true;
    const allowed = rolesOf(this.reflector, context);
    if (allowed === 'public') return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const caller = await identify(request, this.credentials);
    if (!allowed.includes(caller.role)) {
      throw new Problem('forbidden', 'IDENTITY.ROLE_NOT_ALLOWED', `the role ${caller.role} may not do this`, {
        role: caller.role,
        allowedRoles: allowed,
      });
    }
    const beyond = beyondLimits(caller, request);
    if (beyond) throw beyond;
    setCaller(request, caller);
    return true;
  }
}

type Limits = Pick<Caller, 'access' | 'handoffId' | 'visitId'>;

/**
 * Why a credential does not reach a route that is open to its role: a key for reading changes nothing; a link for one handoff
 * changes nothing else; one for a visit reaches nothing else.
 */
export function beyondLimits(
  { access, handoffId, visitId }: Limits,
  { method, params = {} }: Pick<HttpRequest, 'method' | 'params'>,
): Problem | undefined {
  const isRead = method === 'GET' || method === 'HEAD';
  if (access === 'read' && !isRead) {
    return new Problem('forbidden', 'IDENTITY.READ_ONLY', 'your credential is for reading only');
  }
  if (visitId !== undefined && params.visitId?.toLowerCase() !== visitId) {
    return new Problem('forbidden', 'IDENTITY.NOT_YOUR_VISIT', 'your link is for one visit, and nothing else', {
      visitId,
    });
  }
  if (handoffId === undefined) return undefined;
  const asked = params.handoffId;
  if (asked === undefined ? isRead : asked.toLowerCase() === handoffId) return undefined;
  return new Problem('forbidden', 'IDENTITY.NOT_YOUR_HANDOFF', 'your link is for another handoff', { handoffId });
}
