import type { ProviderSettings } from '@yizhan/process';
import { type Claims, type Role, roles } from '../caller.js';
import { readClaims, scopeClaims } from '../read-claims.js';

const codePattern = /^[\p{L}\p{N}][\p{L}\p{N}._:/@+-]{0,63}$/u;

/** Our claims from a provider's. @throws TypeError that says what is wrong. */
export function mapClaims(
  payload: Readonly<Record<string, unknown>>,
  { claims, rolePrefix }: Pick<ProviderSettings, 'claims' | 'rolePrefix'>,
): Claims {
  const role = roleIn(valueAt(payload, claims.role), rolePrefix);
  const given = [...scopeClaims, 'access' as const].map((name) => [name, valueAt(payload, claims[name])] as const);
  const mapped = Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null));
  const name = role === 'driver' ? mapped.driverId : valueAt(payload, claims.subject);
  const sub = `${role}:${typeof name === 'string' ? name : ''}`;
  // What is signed and stored under this name must be one that could be an account's.
  if (!codePattern.test(sub) || sub.endsWith(':'))
    throw new TypeError(`${claims.subject} gives no id of at most 64 letters`);
  return readClaims({ ...mapped, sub, role });
}

/** The one role of ours among those that a person has at the provider. */
function roleIn(value: unknown, prefix: string): Role {
  const listed = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
  const ours = roles.filter((role) => listed.includes(`${prefix}${role}`));
  if (ours.length === 1) return ours[0];
  throw new TypeError(ours.length === 0 ? `role is none of ${roles.join(', ')}` : `several roles: ${ours.join(', ')}`);
}

/** A dot leads inside, such as `realm_access.roles`; a claim that is called so itself comes first. */
function valueAt(payload: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    return (value as Record<string, unknown>)[part];
  }, payload);
}
