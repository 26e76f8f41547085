import { isIP } from 'node:net';
import type { Environment } from './environment.js';
import { badInput } from './fault.js';

/** Every variable about who may ask how much; `--help` prints this. */
export const edgeVariables = {
  YIZHAN_TRUSTED_PROXIES:
    'reverse proxies whose X-Forwarded-For is believed, with commas between: addresses, CIDRs, loopback, uniquelocal (default none)',
  YIZHAN_RATE_LIMIT_PER_CALLER: 'requests a second of one caller, 10 s of them at once; 0 for no limit (default 1000)',
  YIZHAN_RATE_LIMIT_PER_ADDRESS:
    'requests a second from one address without a valid credential, 10 s of them at once; 0 for no limit (default 50)',
  YIZHAN_RATE_LIMIT_SIGN_INS_PER_MINUTE: 'tries to sign in or claim from one address; 0 for no limit (default 30)',
} as const;

export interface EdgeSettings {
  readonly trustedProxies: readonly string[];
  readonly limits: {
    /** Requests a second; 0 for no limit, here and below. */
    readonly perCaller: number;
    readonly perAddress: number;
    readonly signInsPerMinute: number;
  };
}

/** @throws Fault that names the variable. */
export function readEdgeSettings(environment: Environment): EdgeSettings {
  const limit = (name: keyof typeof edgeVariables, usual: number): number => {
    const text = environment[name]?.trim() || String(usual);
    if (/^\d{1,7}$/.test(text)) return Number(text);
    throw badInput(`${name}: ${text} is no limit`, 'Give a whole number, or 0 for no limit.');
  };
  return {
    trustedProxies: (environment.YIZHAN_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean)
      .map(readProxy),
    limits: {
      perCaller: limit('YIZHAN_RATE_LIMIT_PER_CALLER', 1_000),
      perAddress: limit('YIZHAN_RATE_LIMIT_PER_ADDRESS', 50),
      signInsPerMinute: limit('YIZHAN_RATE_LIMIT_SIGN_INS_PER_MINUTE', 30),
    },
  };
}

function readProxy(text: string): string {
  if (isNetwork(text) || text === 'loopback' || text === 'uniquelocal') return text;
  throw badInput(
    `YIZHAN_TRUSTED_PROXIES: ${text} is no address or network`,
    'Give such as 10.0.0.7, 10.0.0.0/8, loopback or uniquelocal.',
  );
}

/** Whether a text is an address, or a network in CIDR notation. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...others] = text.split('/');
  const kind = isIP(address);
  return kind !== 0 && others.length === 0 && (bits === undefined || isPrefix(bits, kind));
}

const isPrefix = (bits: string, kind: number): boolean =>
  /^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128);
