/** A process that answers requests. */
export interface Upstream {
  /** Where it answers now, such as `http://127.0.0.1:40001`; undefined while it does not, or is not to be asked. */
  readonly address: string | undefined;
}

const probeWithin = 2_000;

/** The processes of one service: whose turn it is, and which are ready. */
export class UpstreamPool {
  #turn = 0;
  /** By address. What has a new address has just said that it is ready. */
  readonly #isReady = new Map<string, boolean>();
  readonly #probing = new Set<string>();

  constructor(private readonly upstreams: () => readonly Upstream[]) {}

  /** Addresses of those that are ready, the one whose turn it is first. */
  inTurn(): string[] {
    const ready = this.#addresses().filter((address) => this.#isReady.get(address) !== false);
    const first = ready.length === 0 ? 0 : this.#turn % ready.length;
    this.#turn += 1;
    return [...ready.slice(first), ...ready.slice(0, first)];
  }

  get isReady(): boolean {
    return this.#addresses().some((address) => this.#isReady.get(address) !== false);
  }

  /** It could not be asked: it is left alone until it says that it is ready. */
  failed(address: string): void {
    this.#isReady.set(address, false);
  }

  /** Asks each whether it is ready. */
  async probe(): Promise<void> {
    const addresses = this.#addresses();
    for (const known of this.#isReady.keys()) if (!addresses.includes(known)) this.#isReady.delete(known);
    await Promise.all(addresses.map((address) => this.#probeOne(address)));
  }

  async #probeOne(address: string): Promise<void> {
    // One that hangs is asked once at a time.
    if (this.#probing.has(address)) return;
    this.#probing.add(address);
    this.#isReady.set(address, await saysReady(address));
    this.#probing.delete(address);
  }

  #addresses(): string[] {
    return this.upstreams().flatMap(({ address }) => (address === undefined ? [] : [address]));
  }
}

async function saysReady(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(probeWithin) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
