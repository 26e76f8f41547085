import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressRules } from './address-rules.js';
import { hostOf, refusalOfPort } from './endpoint-url.js';
import { isInAny, type Network, refusalOf } from './refused-address.js';
import { NoAddress, type ResolveHost, resolveHost } from './resolve-host.js';

/** The address is one that nothing is sent to. */
export class RefusedAddress extends Error {}

const connectWithin = 5_000;
/** Of the addresses of one name. */
const mostTried = 3;

/**
 * Opens connections of undici to addresses that have been looked at: the literal one of the URL, or every one that the name has
 * at this moment. It then connects to that very address, so that no second answer of a name server comes between; the certificate
 * is checked against the name.
 */
export function safeConnector({ allowed, resolve = resolveHost }: AddressRules): buildConnector.connector {
  const connect = buildConnector({ timeout: connectWithin, allowH2: false });
  return (options, callback) => {
    void addressesFor(options, allowed, resolve)
      .then((addresses) => firstOf(addresses, (hostname) => opened(connect, { ...options, hostname })))
      .then(
        (socket) => callback(null, socket),
        (error: unknown) => callback(error as Error, null),
      );
  };
}

async function addressesFor(
  { hostname, protocol, port }: buildConnector.Options,
  allowed: readonly Network[],
  resolve: ResolveHost,
): Promise<readonly string[]> {
  const host = hostOf({ hostname });
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  if (addresses.length === 0) throw new NoAddress(`${host} has no address`);
  for (const address of addresses) {
    if (isInAny(address, allowed)) continue;
    const inside = refusalOf(address);
    // Whoever gave the name is not told where it leads in here: our name server may know more than his.
    if (inside !== undefined)
      throw new RefusedAddress(host === address ? inside : `${host} does not lead to public addresses alone`);
    const refusal = publicRefusal(protocol, port);
    if (refusal !== undefined) throw new RefusedAddress(`${host} leads to ${refusal}`);
  }
  return addresses.slice(0, mostTried);
}

/** What is allowed inside a network of the deployment's own is not allowed towards the internet. */
function publicRefusal(protocol: string, port: string): string | undefined {
  if (protocol !== 'https:') return 'a public address, and is asked for without TLS';
  return refusalOfPort({ protocol, port }, []);
}

async function firstOf<T>(items: readonly string[], open: (item: string) => Promise<T>): Promise<T> {
  for (const [index, item] of items.entries()) {
    try {
      return await open(item);
    } catch (error) {
      if (index === items.length - 1) throw error;
    }
  }
  throw new RefusedAddress('there is no address');
}

function opened(connect: buildConnector.connector, options: buildConnector.Options): Promise<Socket> {
  return new Promise((done, fail) => {
    connect(options, (...[error, socket]) => {
      if (error) fail(error);
      else done(socket);
    });
  });
}
