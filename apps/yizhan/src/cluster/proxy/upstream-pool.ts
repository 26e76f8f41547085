import { type Agent, get } from 'node:http';

/** A process that answers requests. */
export interface Upstream {
  /** Where it answers now, such as `http://127.0.0.1:40001`; undefined while it does not, or is not to be asked. */
  readonly address: string | undefined;
}

/** `away`: it refuses or says that it is not ready; `slow`: it has not said anything in time. */
type Health = 'ready' | 'slow' | 'away';

const probeWithin = 2_000;

/** The processes of one service: whose turn it is, and which are ready. */
export class UpstreamPool {
  #turn = 0;
  /** By address. What has a new address has just said that it is ready. */
  readonly #health = new Map<string, Health>();
  readonly #probing = new Set<string>();

  constructor(
    private readonly upstreams: () => readonly Upstream[],
    /** Keeps the connections by which they are asked how they are. */
    private readonly agent: Agent,
  ) {}

  /**
   * Addresses of those that are ready, the one whose turn it is first. Where none is, of those that are slow: on a machine
   * with too much to do all of them may be, and a late answer is better than none.
   */
  inTurn(): string[] {
    const ready = this.#that('ready');
    const able = ready.length > 0 ? ready : this.#that('slow');
    const first = able.length === 0 ? 0 : this.#turn % able.length;
    this.#turn += 1;
    return [...able.slice(first), ...able.slice(0, first)];
  }

  get isReady(): boolean {
    return this.#that('ready').length > 0;
  }

  /** It could not be asked: it is left alone until it says that it is ready. */
  failed(address: string): void {
    this.#health.set(address, 'away');
  }

  /** Asks each whether it is ready. */
  async probe(): Promise<void> {
    const addresses = this.#addresses();
    for (const known of this.#health.keys()) if (!addresses.includes(known)) this.#health.delete(known);
    await Promise.all(addresses.map((address) => this.#probeOne(address)));
  }

  async #probeOne(address: string): Promise<void> {
    // One that hangs is asked once at a time.
    if (this.#probing.has(address)) return;
    this.#probing.add(address);
    this.#health.set(address, await healthOf(address, this.agent));
    this.#probing.delete(address);
  }

  #that(health: Health): string[] {
    return this.#addresses().filter((address) => (this.#health.get(address) ?? 'ready') === health);
  }

  #addresses(): string[] {
    return this.upstreams().flatMap(({ address }) => (address === undefined ? [] : [address]));
  }
}

/** Over a kept connection: a new one would wait behind all those that a busy process has not taken yet. */
function healthOf(address: string, agent: Agent): Promise<Health> {
  return new Promise((resolve) => {
    const asked = get(`${address}/health/ready`, { agent, timeout: probeWithin }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode === 200 ? 'ready' : 'away'));
    });
    asked.once('timeout', () => {
      resolve('slow');
      asked.destroy();
    });
    asked.once('error', () => resolve('away'));
  });
}
