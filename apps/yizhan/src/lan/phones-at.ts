import { inUrl, type LocalAddress, localAddresses } from './local-addresses.js';

/** Where the product listens. */
export interface Listening {
  /** On this machine, such as `http://127.0.0.1:7700`; undefined until it does. */
  readonly address: string | undefined;
  /** What it was told to listen on, such as `0.0.0.0`. */
  readonly host: string;
  /** For tablets, over HTTPS; undefined where they are not served. */
  readonly lanAddress: string | undefined;
}

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** The address under which a phone opens this installation, such as `https://192.168.1.5:7743`; undefined where none can. */
export function phonesAt(
  { address, host, lanAddress }: Listening,
  found: () => readonly LocalAddress[] = localAddresses,
): string | undefined {
  if (lanAddress !== undefined) return lanAddress;
  if (address === undefined || loopback.test(host)) return undefined;
  if (!everywhere.has(host)) return address;
  const [first] = found();
  if (first === undefined) return undefined;
  const url = new URL(address);
  url.hostname = inUrl(first.address);
  return url.origin;
}
