import { Extension } from '@peculiar/x509';
import ipaddr from 'ipaddr.js';
import { localNetworks } from './local-addresses.js';

/** Names for which an authority of ours may sign; the first stands for every name below it. */
const localNames = ['local', 'localhost'] as const;

/** DER: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** Address and mask, as many bytes each. */
function bytesOf(network: string): Buffer {
  const [base, bits] = ipaddr.parseCIDR(network);
  const kind = base.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return Buffer.from([...base.toByteArray(), ...kind.subnetMaskFromPrefixLength(bits).toByteArray()]);
}

/**
 * The extension that binds an authority to local networks and names (RFC 5280, 4.2.1.10), critical: with its key nobody can
 * pretend to be an address or a name of the internet.
 */
export function nameConstraints(): Extension {
  const names = localNames.map((name) => der(0x82, Buffer.from(name)));
  const networks = localNetworks.map((network) => der(0x87, bytesOf(network)));
  const subtrees = [...names, ...networks].map((name) => der(0x30, name));
  return new Extension('2.5.29.30', true, der(0x30, der(0xa0, ...subtrees)));
}
