import { accesses, type Claims, type Role, roles } from './caller.js';

const texts = ['driverId', 'carrierId', 'enterpriseId'] as const;
const lists = ['stations', 'areas', 'counties'] as const;

/** A claim that says for whom or for what its bearer may act. */
export type ScopeClaim = (typeof texts)[number] | (typeof lists)[number];

/** Every claim of this kind. */
export const scopeClaims: readonly ScopeClaim[] = [...lists, ...texts];

/** What each role speaks for; an administrator speaks for all. */
export const scopeOfRole: Readonly<Record<Role, readonly ScopeClaim[]>> = {
  operator: ['stations'],
  shift_lead: ['stations'],
  driver: ['driverId'],
  carrier: ['carrierId'],
  enterprise: ['enterpriseId'],
  command_centre: ['areas', 'counties'],
  administrator: [],
};

/** What a role cannot be without: a driver's token names the driver. */
const ownClaim: Partial<Record<Role, 'driverId' | 'carrierId' | 'enterpriseId'>> = {
  driver: 'driverId',
  carrier: 'carrierId',
  enterprise: 'enterpriseId',
};

/** The claims in `value`, such as a token's payload; other members are ignored. @throws TypeError that says what is wrong. */
export function readClaims(value: Readonly<Record<string, unknown>>): Claims {
  const { sub } = value;
  if (typeof sub !== 'string' || sub === '') throw new TypeError('sub is missing');
  const role = roles.find((each) => each === value.role);
  if (!role) throw new TypeError(`role is none of ${roles.join(', ')}`);
  const own = ownClaim[role];
  if (own && value[own] === undefined) throw new TypeError(`a ${role} needs ${own}`);
  const scope = [...texts, 'handoffId', 'visitId'].flatMap(textIn(value));
  return { sub, role, ...Object.fromEntries([...scope, ...lists.flatMap(listIn(value))]), ...limitsIn(value) };
}

/** What keeps a bearer from what his role may; an unreadable limit is a fault, never no limit. */
function limitsIn({ access, isLink }: Readonly<Record<string, unknown>>): Pick<Claims, 'access' | 'isLink'> {
  const known = accesses.find((each) => each === access);
  if (access !== undefined && !known) throw new TypeError(`access is none of ${accesses.join(', ')}`);
  if (isLink !== undefined && typeof isLink !== 'boolean') throw new TypeError('isLink is neither true nor false');
  return { ...(known && { access: known }), ...(isLink && { isLink }) };
}

const textIn =
  (value: Readonly<Record<string, unknown>>) =>
  (name: string): [string, string][] => {
    const text = value[name];
    if (text === undefined) return [];
    if (typeof text !== 'string' || text === '') throw new TypeError(`${name} is no text`);
    return [[name, text]];
  };

const listIn =
  (value: Readonly<Record<string, unknown>>) =>
  (name: string): [string, string[]][] => {
    const list = value[name];
    if (list === undefined) return [];
    if (!Array.isArray(list) || !list.every((each) => typeof each === 'string')) {
      throw new TypeError(`${name} is no list of texts`);
    }
    return [[name, list]];
  };
