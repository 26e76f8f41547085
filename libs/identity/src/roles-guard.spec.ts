import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Caller, type Role, roles } from './caller.js';
import { callerOf, credentialOf } from './current-caller.js';
import { Public, Roles } from './roles.js';
import { RolesGuard } from './roles-guard.js';
import type { TokenVerifier } from './token-verifier.js';

@Roles('command_centre')
class Routes {
  byClass(): void {}

  @Roles('operator', 'shift_lead')
  byRoute(): void {}

  @Public()
  open(): void {}
}

class Forgotten {
  route(): void {}
}

// The token of these tests is the role itself.
const verifier = {
  verify: (token: string) =>
    Promise.resolve(new Caller({ sub: 'x', role: token as Role, driverId: 'R1', carrierId: 'C1', enterpriseId: 'E1' })),
} as Partial<TokenVerifier> as TokenVerifier;
const guard = new RolesGuard(new Reflector(), verifier);

function asking(request: object, type: Function, handler: Function, kind = 'http'): ExecutionContext {
  return {
    getType: () => kind,
    getClass: () => type,
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => request }),
  } as Partial<ExecutionContext> as ExecutionContext;
}
const bearer = (role: string) => ({ headers: { authorization: `Bearer ${role}` } });
const { prototype } = Routes;

async function letIn(type: Function, handler: Function): Promise<Role[]> {
  const results = await Promise.allSettled(roles.map((role) => guard.canActivate(asking(bearer(role), type, handler))));
  return roles.filter((_role, index) => results[index].status === 'fulfilled');
}

test('each route lets in the roles that it names, before those of its class', async () => {
  expect(await letIn(Routes, prototype.byRoute)).toEqual(['operator', 'shift_lead']);
  expect(await letIn(Routes, prototype.byClass)).toEqual(['command_centre']);
});

test('a route that names nobody lets nobody in', async () => {
  expect(await letIn(Forgotten, Forgotten.prototype.route)).toEqual([]);
});

test('a public route needs no token', async () => {
  await expect(guard.canActivate(asking({ headers: {} }, Routes, prototype.open))).resolves.toBe(true);
});

test.each([undefined, '', 'Basic abc', 'Bearer', 'Bearer a b'])(
  'without a bearer token (%p) nobody gets in',
  async (authorization) => {
    const request = { headers: { authorization } };
    await expect(guard.canActivate(asking(request, Routes, prototype.byClass))).rejects.toMatchObject({
      code: 'IDENTITY.NO_TOKEN',
    });
  },
);

test('who is let in is known to the route', async () => {
  const request = bearer('operator');
  await guard.canActivate(asking(request, Routes, prototype.byRoute));
  expect(callerOf(request)).toMatchObject({ role: 'operator' });
  expect(() => callerOf({})).toThrow(expect.objectContaining({ code: 'IDENTITY.NO_TOKEN' }));
});

test('a credential can be looked at again for as long as something stays open for it', async () => {
  const request = bearer('operator');
  expect(() => credentialOf(request)).toThrow(expect.objectContaining({ code: 'IDENTITY.NO_TOKEN' }));
  await guard.canActivate(asking(request, Routes, prototype.byRoute));
  const { text, lookAgain } = credentialOf(request);
  expect(text).toBe('operator');
  expect(await lookAgain()).toMatchObject({ role: 'operator' });
});

test('who is refused is told which roles may', async () => {
  await expect(guard.canActivate(asking(bearer('carrier'), Routes, prototype.byRoute))).rejects.toMatchObject({
    kind: 'forbidden',
    code: 'IDENTITY.ROLE_NOT_ALLOWED',
    details: { role: 'carrier', allowedRoles: ['operator', 'shift_lead'] },
  });
});

test('events of the log carry no token', async () => {
  await expect(guard.canActivate(asking({}, Forgotten, Forgotten.prototype.route, 'rpc'))).resolves.toBe(true);
});
