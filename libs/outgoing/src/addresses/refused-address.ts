import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A network that the deployment itself lets webhooks into, such as `10.20.0.0/16`. */
export type Network = readonly [Address, number];

/** What IANA assigns as global unicast of IPv6; everything else of it is special or unassigned. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
/** Public in form, and none the less not for anybody from outside. */
const besides: readonly (readonly [what: string, network: Network])[] = [
  ['the wire server of a cloud', ipaddr.IPv4.parseCIDR('168.63.129.16/32')],
  ['a direct delegation of AS112', ipaddr.IPv4.parseCIDR('192.175.48.0/24')],
  ['for documentation', ipaddr.IPv6.parseCIDR('3fff::/20')],
  ['an assignment of the IETF', ipaddr.IPv6.parseCIDR('2001::/23')],
];
/** The host part of ISATAP has an IPv4 address in it: `…:0000:5efe:a.b.c.d`, or with the global bit `…:0200:5efe:…`. */
const isIsatap = (address: ipaddr.IPv6): boolean =>
  address.parts[5] === 0x5efe && (address.parts[4] === 0 || address.parts[4] === 0x0200);

/** @throws Error for what is no network in CIDR notation, with every bit behind the prefix 0. */
export function readNetwork(text: string): Network {
  const [address, bits] = ipaddr.parseCIDR(text);
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  if (family.networkAddressFromCIDR(text).toString() !== address.toString())
    throw new Error(`${text} has bits behind its prefix`);
  return [address, bits];
}

/**
 * Why nothing is sent to an address, in words; `undefined` for one that anybody on the internet may have. An IPv4 address
 * inside one of IPv6 (mapped, NAT64, 6to4, Teredo, ISATAP) is refused whichever it is: it leads where the outer one does not say.
 * @param text as a resolver gives it: IPv4 in four decimals, or IPv6, without brackets
 */
export function refusalOf(text: string, allowed: readonly Network[] = []): string | undefined {
  const address = parsed(text);
  if (!address) return `${text} is no IP address`;
  if (isInAny(text, allowed)) return undefined;
  const special = besides.find(([, network]) => isIn(address, network));
  if (special) return `${text} is ${special[0]}`;
  const range = address.range();
  if (range !== 'unicast') return `${text} is ${range}, not global unicast`;
  if (address.kind() === 'ipv4') return undefined;
  if (!isIn(address, globalUnicast)) return `${text} is not global unicast`;
  if (isIsatap(address as ipaddr.IPv6)) return `${text} has an IPv4 address in it`;
  return undefined;
}

/** Whether an address lies in one of the networks. */
export function isInAny(text: string, networks: readonly Network[]): boolean {
  const address = parsed(text);
  return address !== undefined && networks.some((network) => isIn(address, network));
}

/** Strict: the short, octal and hexadecimal forms of IPv4 and zones of IPv6 are no addresses here. */
function parsed(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  return ipaddr.IPv6.parse(text);
}

const isIn = (address: Address, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match(network, bits);
