import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { invalid } from '../cases/problems.js';

const slash = '/';
const longestOwner = 64;

/**
 * Name of a carrier's system among all systems. A name has no slash, so that no two carriers can come to the same one.
 * @throws Problem `invalid`.
 */
export function ownerOf(carrierId: string, name: string): string {
  const owner = `${carrierId}${slash}${name}`;
  if (!name.includes(slash) && owner.length <= longestOwner) return owner;
  const most = Math.max(1, longestOwner - carrierId.length - 1);
  throw invalid('API_KEY.NAME', `the name of a system has at most ${most} characters and no slash`, {
    field: 'name',
    most,
  });
}

/** The name that a carrier has given it; whole where the administrator of the installation made it. */
export const nameOf = (carrierId: string, owner: string): string =>
  owner.startsWith(`${carrierId}${slash}`) ? owner.slice(carrierId.length + 1) : owner;

/** @throws Problem `forbidden` where a carrier asks for another one's. */
export function requireCarrier(caller: Caller, carrierId: string): void {
  if (caller.maySeeCarrier(carrierId)) return;
  throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_CARRIER', 'a carrier has its own keys alone', { carrierId });
}

/** A key that has leaked must not outlive its revocation in others that it has made. @throws Problem `forbidden`. */
export function requirePerson({ subject }: Caller): void {
  if (!subject.startsWith('system:')) return;
  throw new Problem(
    'forbidden',
    'API_KEY.NOT_BY_A_KEY',
    'keys are made and revoked by people: sign in with an account',
  );
}
