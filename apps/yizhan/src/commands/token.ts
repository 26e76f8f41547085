import { type Claims, type Role, roles, TokenSigner } from '@yizhan/identity';
import { badInput, exitCodes, type ExitCode } from '@yizhan/process';
import { readSigningKey } from '../runtime/data/signing-key.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { print, printJson, readDuration } from './screen.js';

export interface TokenOptions extends CommandOptions {
  readonly role: string;
  readonly expires: string;
  readonly name?: string;
  readonly station: readonly string[];
  readonly area: readonly string[];
  readonly driver?: string;
  readonly carrier?: string;
  readonly enterprise?: string;
}

type Scope = 'station' | 'area' | 'driver' | 'carrier' | 'enterprise';

/** What each role speaks for: it needs this, and takes nothing else. */
const scopeOf: Readonly<Record<Role, Scope | undefined>> = {
  operator: 'station',
  shift_lead: 'station',
  driver: 'driver',
  carrier: 'carrier',
  enterprise: 'enterprise',
  command_centre: 'area',
  administrator: undefined,
};

const scopes: readonly Scope[] = ['station', 'area', 'driver', 'carrier', 'enterprise'];

/** Makes a token with the data directory's key; whoever can read that key can. */
export async function token(options: TokenOptions): Promise<ExitCode> {
  const seconds = readDuration(options.expires, '--expires') / 1_000;
  const claims = claimsOf(options);
  const signer = await TokenSigner.of(readSigningKey(directoryOf(options)));
  const made = await signer.sign(claims, seconds);
  if (options.json) printJson({ token: made, expiresInSeconds: seconds, ...claims });
  else print(made);
  return exitCodes.ok;
}

function claimsOf(options: TokenOptions): Claims {
  const role = roles.find((each) => each === options.role);
  if (!role) throw badInput(`--role: ${options.role} is no role`, `Give one of ${roles.join(', ')}.`);
  const scope = scopeOf[role];
  for (const each of scopes) {
    const isGiven = (options[each] ?? []).length > 0;
    if (isGiven && each !== scope) throw badInput(`--${each} is not for the role ${role}`);
    if (!isGiven && each === scope)
      throw badInput(`the role ${role} needs --${each}`, 'See "npx yizhan token --help".');
  }
  const { driver, carrier, enterprise, station, area } = options;
  const name = options.name ?? driver ?? carrier ?? enterprise ?? station[0] ?? area[0] ?? role;
  return {
    sub: `${role}:${name}`,
    role,
    ...(station.length > 0 && { stations: station }),
    ...(area.length > 0 && { areas: area }),
    ...(driver !== undefined && { driverId: driver }),
    ...(carrier !== undefined && { carrierId: carrier }),
    ...(enterprise !== undefined && { enterpriseId: enterprise }),
  };
}
