import { isIP } from 'node:net';
import { Problem } from '@yizhan/kernel';
import { type Network, refusalOf } from './refused-address.js';

const longest = 2_000;
const firstUnprivilegedPort = 1024;
const standardPorts = { 'https:': 443, 'http:': 80 } as const;

/**
 * The address of an endpoint as it is kept: https, no user, no fragment, a host that may be public. What its name stands for is
 * looked at again at every connection.
 * @param allowed networks of the deployment's own; in them http and any port are allowed too
 * @throws Problem `invalid` with one of the codes `ENDPOINT.…`
 */
export function readEndpointUrl(text: string, allowed: readonly Network[]): URL {
  if (text.length > longest) throw refused('TOO_LONG', `an address has at most ${longest} characters`);
  const url = parse(text);
  if (!url) throw refused('NOT_A_URL', 'the address must be a URL such as https://hooks.example.com/yizhan');
  const { protocol, username, password, hash } = url;
  if (protocol !== 'https:' && !(protocol === 'http:' && allowed.length > 0))
    throw refused('SCHEME', 'the address must begin with https://');
  if (username !== '' || password !== '') {
    const message = 'the address must not hold a user or a password: send an authorization header of your own';
    throw refused('USER', message);
  }
  if (hash !== '' || text.includes('#')) throw refused('FRAGMENT', 'the address must not have a part behind #');
  const refusal = refusalOfHost(hostOf(url), allowed) ?? refusalOfPort(url, allowed);
  if (refusal !== undefined) throw refused('NOT_PUBLIC', refusal);
  return url;
}

/** Without the brackets that a URL puts around IPv6. */
export const hostOf = ({ hostname }: Pick<URL, 'hostname'>): string =>
  hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;

/** Why the port is not one of the web or of a program without privileges, in words. */
export function refusalOfPort(url: Pick<URL, 'protocol' | 'port'>, allowed: readonly Network[]): string | undefined {
  if (url.port === '' || allowed.length > 0) return undefined;
  const port = Number(url.port);
  if (port === standardPorts['https:'] || port >= firstUnprivilegedPort) return undefined;
  return `port ${port} is not one that webhooks are sent to: use 443, or one from ${firstUnprivilegedPort} on`;
}

/** A name of one part means something only inside some network. */
const insideOnly = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|onion)\.?$/i;

function refusalOfHost(host: string, allowed: readonly Network[]): string | undefined {
  if (isIP(host) !== 0) return refusalOf(host, allowed);
  if (!host.replace(/\.$/, '').includes('.') || insideOnly.test(host))
    return `${host} is a name inside some network, not a public one`;
  return undefined;
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function refused(code: string, message: string): Problem {
  return new Problem('invalid', `ENDPOINT.${code}`, message, { field: 'url' });
}
