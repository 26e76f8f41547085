import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { becomeReady } from './become-ready.js';
import { withClassArchive } from './class-archive.js';
import { type KafkaDistribution, prepareKafka, type PrepareSettings } from './distribution.js';
import { EndWithParent } from './end-with-parent.js';
import { freePorts } from './free-ports.js';
import { clusterIdOf } from './kafka-folder.js';
import { type KafkaNode, LocalNode } from './kafka-node.js';
import { newId, type NodePorts } from './node-settings.js';

export interface LocalKafkaSettings extends PrepareSettings {
  /** Of three one can fail, and two copies of each record are needed before it counts as written. */
  readonly brokers: 1 | 3;
  /** Keeps the data. Without it they lie in the temporary folder and go with the cluster. */
  readonly folder?: string;
  /** Of the first broker, the others following, then the controllers. Free ones without it. */
  readonly port?: number;
  /** Settings of Kafka's `server.properties`, added to those of the harness or in their place. */
  readonly brokerSettings?: Readonly<Record<string, string>>;
}

const endsWithinMs = 10_000;

/** A real Apache Kafka on this machine (KRaft, each node broker and controller). It ends with the process that started it. */
export class LocalKafka {
  private constructor(
    private readonly local: readonly LocalNode[],
    private readonly ending: EndWithParent,
    private readonly keepsData: boolean,
  ) {}

  /**
   * Resolves when the cluster takes requests: in 2 s for one broker and 5 s for three on two free cores, besides the
   * fetch of Kafka on its first use.
   * @throws KafkaUnavailableError where this machine lacks what it takes.
   */
  static async start(settings: LocalKafkaSettings): Promise<LocalKafka> {
    const distribution = await withClassArchive(await prepareKafka(settings), settings.onProgress);
    // A port that was free may be taken by the time that Kafka listens on it.
    for (let attempt = 1; ; attempt += 1) {
      const kafka = await LocalKafka.#of(settings, distribution);
      try {
        await kafka.#startNodes();
        await kafka.ready();
        return kafka;
      } catch (error) {
        await kafka.stop();
        const isPortTaken = String(error).includes('Address already in use');
        if (!isPortTaken || settings.port !== undefined || attempt === 3) throw error;
      }
    }
  }

  static async #of(settings: LocalKafkaSettings, distribution: KafkaDistribution): Promise<LocalKafka> {
    const folder = settings.folder ? resolve(settings.folder) : join(tmpdir(), `yizhan-kafka-${randomUUID()}`);
    const clusterId = settings.folder ? await clusterIdOf(folder, settings.brokers) : newId();
    const peers = await portsFor(settings);
    const ending = new EndWithParent();
    if (!settings.folder) ending.remove(folder);
    const nodes = peers.map(
      (ports) =>
        new LocalNode({
          ...ports,
          folder: join(folder, `node-${ports.id}`),
          clusterId,
          peers,
          distribution,
          more: settings.brokerSettings,
          ending,
        }),
    );
    return new LocalKafka(nodes, ending, settings.folder !== undefined);
  }

  /** The addresses of all brokers, as `host:port`, running or not. */
  get brokers(): string[] {
    return this.local.map(({ address }) => address);
  }

  get nodes(): readonly KafkaNode[] {
    return this.local;
  }

  /**
   * Resolves when every node that runs answers and knows every other one that runs: then topics can be made on all of them.
   * Partitions whose leader was killed may still wait for another, up to `broker.session.timeout.ms` (9 s).
   * @throws after two minutes, or when a node ends by itself, with the last messages of its log.
   */
  ready(): Promise<void> {
    return becomeReady(this.local);
  }

  /** Kills every node, removes all data, and starts an empty cluster on the same ports. */
  async wipe(): Promise<void> {
    await Promise.all(this.local.map((node) => node.kill()));
    await Promise.all(this.local.map((node) => node.wipe()));
    await this.#startNodes();
    await this.ready();
  }

  /** Ends every node. Data in a named folder stay, all others go. */
  async stop(): Promise<void> {
    if (this.keepsData) await this.#endInOrder();
    await Promise.all(this.local.map((node) => node.kill()));
    await this.ending.end();
  }

  async #startNodes(): Promise<void> {
    await Promise.all(this.local.map((node) => node.start()));
  }

  /** The last of three controllers has no majority left to take its leave from: who is not gone in time is killed. */
  async #endInOrder(): Promise<void> {
    const gone = Promise.all(this.local.map((node) => node.kill('SIGTERM')));
    const enough = new AbortController();
    await Promise.race([gone, sleep(endsWithinMs, undefined, { signal: enough.signal })]);
    enough.abort();
  }
}

async function portsFor({ brokers, port }: LocalKafkaSettings): Promise<NodePorts[]> {
  const ports =
    port === undefined ? await freePorts(2 * brokers) : Array.from({ length: 2 * brokers }, (_, index) => port + index);
  return Array.from({ length: brokers }, (_, index) => ({
    id: index + 1,
    port: ports[index],
    controllerPort: ports[brokers + index],
  }));
}
