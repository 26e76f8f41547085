import { hostname, networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import { badInput } from '@yizhan/process';
import { NoNetwork } from './no-network.js';

/** An address of this machine on a local network. */
export interface LocalAddress {
  readonly address: string;
  /** Name of the interface, such as `eth0` or `WLAN`. */
  readonly via: string;
}

/** Lets somebody at the terminal choose; absent where nobody sits there. */
export type AskWhich = (addresses: readonly LocalAddress[]) => Promise<string>;

/** The networks for which an authority of ours may sign, as CIDR: those that no address of the internet lies in. */
export const localNetworks = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
] as const;

/** Whether it lies in one of `localNetworks`. */
export function isLocal(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return localNetworks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === parsed.kind() && parsed.match([base, bits]);
  });
}

/** What tablets could reach: no loopback, and nothing that a machine gives itself where no router is. */
export function localAddresses(interfaces = networkInterfaces()): LocalAddress[] {
  return Object.entries(interfaces).flatMap(([via, entries = []]) =>
    entries
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && isLocal(address))
      .filter(({ address }) => !address.startsWith('169.254.'))
      .map(({ address }) => ({ address, via })),
  );
}

/** Name by which a local network may know this machine: `pc-7.local`; none where its name is no such name. */
export function localName(name = hostname()): string | undefined {
  const [first = ''] = name.toLowerCase().split('.');
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(first) && first !== 'localhost' ? `${first}.local` : undefined;
}

const listed = (addresses: readonly LocalAddress[]): string =>
  addresses.map(({ address, via }) => `${address} (${via})`).join(', ');

export interface AddressChoice {
  /** Of this machine. */
  readonly found?: readonly LocalAddress[];
  /** At which the last start has served tablets, which they know. */
  readonly last?: string | undefined;
  readonly ask?: AskWhich | undefined;
}

/**
 * The address at which tablets find this machine.
 * @param asked what stood behind `--lan`; `true` where nothing did.
 * @throws NoNetwork where there is none, Fault where nobody has said which of several, and for an address of the internet.
 */
export async function chooseLanAddress(
  asked: string | true,
  { found = localAddresses(), last, ask }: AddressChoice = {},
): Promise<string> {
  if (asked !== true) return checked(asked);
  const [only, ...others] = found;
  if (only === undefined) {
    throw new NoNetwork(
      'this machine is on no local network',
      'Connect it to the network of the tablets (a cable, WLAN, or a hotspot of its own) and start again.',
    );
  }
  if (others.length === 0) return only.address;
  if (last !== undefined && found.some(({ address }) => address === last)) return last;
  if (ask) return checked(await ask(found));
  throw badInput(
    `this machine has ${found.length} addresses: ${listed(found)}`,
    `Say which one the tablets reach, such as --lan ${only.address}.`,
  );
}

function checked(address: string): string {
  if (isLocal(address)) return address;
  throw badInput(
    ipaddr.isValid(address)
      ? `--lan: ${address} is an address of the internet, not of a local network`
      : `--lan: ${address} is no IP address`,
    'Give an address of this machine on a local network, such as 192.168.1.5; "yizhan doctor" lists them.',
  );
}

/** As it stands in a URL. */
export const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);
