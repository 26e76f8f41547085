import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@yizhan/kernel';
import { environmentFault, messageOf, systemCode } from '@yizhan/process';
import type { DataDirectory } from '../runtime/data/data-directory.js';
import { ensureAuthority, fingerprintOf, issueCertificate, type KeyPair, leafLife } from './authority.js';
import { writeLanFile } from './lan-file.js';
import { inUrl, localName } from './local-addresses.js';
import { NoNetwork } from './no-network.js';
import { trustServer } from './trust-page.js';

/** Where tablets find this machine. */
export interface LanPlace {
  readonly address: string;
  /** Of HTTPS; 0 for any free one. */
  readonly port: number;
  /** Of the page by which a tablet trusts this machine, over plain HTTP; 0 for any free one. */
  readonly trustPort: number;
}

/** Where they are to find it; where no address is named, at the one that it will have. */
export interface WantedLan extends Omit<LanPlace, 'address'> {
  readonly address: string | undefined;
}

export interface LanOptions extends LanPlace {
  readonly directory: DataDirectory;
  readonly clock: Clock;
  /** Answers requests, as Fastify does. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly tell: (line: string) => void;
  readonly onFault: (where: string, error: unknown) => void;
}

/** Whoever sets a clock right waits no longer than this for tablets to believe the certificate. */
const lookEvery = 60_000;

/** The product over HTTPS on the local network, and beside it, over HTTP, the page that leads there. */
export class LanServer {
  #certificate: KeyPair;
  #renewal: NodeJS.Timeout | undefined;
  readonly #trust = trustServer(() => ({
    certificate: this.authority.certificate,
    here: this.trustAddress,
    console: `${this.address}/`,
  }));

  private constructor(
    private readonly options: LanOptions,
    private readonly authority: KeyPair,
    certificate: KeyPair,
    private readonly secure: SecureServer,
  ) {
    this.#certificate = certificate;
  }

  /** @throws Fault where a port cannot be had; nothing is left open then. */
  static async open(options: LanOptions): Promise<LanServer> {
    const authority = await ensureAuthority(options.directory, options.clock, options.tell);
    const certificate = await issueCertificate(authority, namesOf(options), options.clock);
    const secure = createServer({ cert: certificate.certificate, key: certificate.key, minVersion: 'TLSv1.2' });
    secure.on('request', options.answer);
    const server = new LanServer(options, authority, certificate, secure);
    try {
      await server.#open();
      return server;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  async #open(): Promise<void> {
    const { address, port, trustPort } = this.options;
    await listenOn(this.secure, address, port, '--lan-port');
    await listenOn(this.#trust, address, trustPort, '--trust-port');
    this.#remember();
    this.#renewal = setInterval(() => void this.renewIfDue(), lookEvery).unref();
  }

  /** Where the product is, such as `https://192.168.1.5:7743`. */
  get address(): string {
    return `https://${inUrl(this.options.address)}:${portOf(this.secure)}`;
  }

  /** Where the page is by which a tablet trusts this machine. */
  get trustAddress(): string {
    return `http://${inUrl(this.options.address)}:${portOf(this.#trust)}/`;
  }

  /** Of the authority, to be compared by a person. */
  get fingerprint(): string {
    return fingerprintOf(this.authority.certificate);
  }

  /**
   * Exchanges the certificate when half of its life is over, or its life begins later, as the clock was set back; connections
   * that are open stay. @returns whether it did.
   */
  async renewIfDue(): Promise<boolean> {
    const { clock, onFault } = this.options;
    const { validFrom, validTo } = new X509Certificate(this.#certificate.certificate);
    const now = clock.now();
    if (Date.parse(validFrom) <= now && Date.parse(validTo) - now > leafLife / 2) return false;
    try {
      this.#certificate = await issueCertificate(this.authority, namesOf(this.options), clock);
      this.secure.setSecureContext({ cert: this.#certificate.certificate, key: this.#certificate.key });
      this.#remember();
      return true;
    } catch (error) {
      onFault('the certificate for the local network', error);
      return false;
    }
  }

  #remember(): void {
    const { directory, address } = this.options;
    const { certificate } = this.#certificate;
    writeLanFile(directory, { address, port: portOf(this.secure), trustPort: portOf(this.#trust), certificate });
  }

  async close(): Promise<void> {
    clearInterval(this.#renewal);
    for (const server of [this.secure, this.#trust]) {
      if (!server.listening) continue;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
  }
}

function namesOf({ address }: LanPlace): string[] {
  const name = localName();
  return name === undefined ? [address] : [address, name];
}

const portOf = (server: Server | SecureServer): number => (server.address() as AddressInfo | null)?.port ?? 0;

async function listenOn(server: Server | SecureServer, host: string, port: number, option: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    switch (systemCode(error)) {
      case 'EADDRINUSE':
        throw environmentFault(`port ${port} on ${host} is taken by another program`, `Choose another with ${option}.`);
      case 'EADDRNOTAVAIL':
        throw new NoNetwork(
          `${host} is no address of this machine`,
          'Leave the address out behind --lan, or give one that "yizhan doctor" lists.',
        );
      default:
        throw environmentFault(
          `cannot listen on ${host}:${port}: ${messageOf(error)}`,
          `Choose another with ${option}.`,
        );
    }
  }
}
