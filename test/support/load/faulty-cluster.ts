import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeTopic, type KafkaSettings } from '@yizhan/event-log';
import { ownerRole } from '@yizhan/persistence';
import { LocalKafka } from '@yizhan/testing';
import { kafkaSettingsOf, type KafkaVariables } from '../../../apps/yizhan/src/cluster/cluster.config.js';
import { Cluster, type ClusterOptions } from '../../../apps/yizhan/src/cluster/cluster.js';
import { processNames } from '../../../apps/yizhan/src/cluster/process-names.js';
import type { ClusterProcess } from '../../../apps/yizhan/src/cluster/processes/cluster-process.js';
import { DataDirectory } from '../../../apps/yizhan/src/runtime/data/data-directory.js';
import { discardDataDirectory } from '../../../apps/yizhan/src/runtime/data/discard.js';
import { readSigningKey } from '../../../apps/yizhan/src/runtime/data/signing-key.js';
import { runningServer } from '../../../apps/yizhan/src/runtime/postgres/open-database.js';
import { choosePlace } from '../../../apps/yizhan/src/runtime/postgres/postgres-place.js';
import { readPostmaster } from '../../../apps/yizhan/src/runtime/postgres/postmaster-file.js';
import { AnnouncementLoad } from './announcement-load.js';
import { LoadClient, reasonOf } from './load-client.js';
import { type LoadArea, openAreas } from './load-network.js';
import { ClusterDatabase, type Findings } from './cluster-database.js';
import { TruckLoad } from './truck-load.js';

const main = resolve(__dirname, '../../../dist/programs/yizhan.mjs');
const usualProcesses: ClusterOptions['processes'] = { publisher: 2, station: 2, scheduler: 2 };
const patience = 90_000;

export interface FaultyClusterSettings {
  readonly kafka?: LocalKafka;
  readonly processes?: ClusterOptions['processes'];
  readonly areas?: number;
  /** In each area, and so are its bays. */
  readonly workers?: number;
}

interface ClusterParts {
  readonly kafka: LocalKafka;
  readonly cluster: Cluster;
  readonly directory: DataDirectory;
  readonly database: ClusterDatabase;
  readonly client: LoadClient;
  readonly areas: readonly LoadArea[];
  readonly said: readonly string[];
}

/** A cluster of processes and brokers that can be harmed in every way, with trucks that go through it. */
export class FaultyCluster {
  readonly kafka: LocalKafka;
  readonly database: ClusterDatabase;
  readonly client: LoadClient;
  readonly areas: readonly LoadArea[];
  private readonly cluster: Cluster;
  private readonly directory: DataDirectory;
  private readonly said: readonly string[];

  private constructor(parts: ClusterParts) {
    this.kafka = parts.kafka;
    this.cluster = parts.cluster;
    this.directory = parts.directory;
    this.database = parts.database;
    this.client = parts.client;
    this.areas = parts.areas;
    this.said = parts.said;
  }

  static async start(settings: FaultyClusterSettings = {}): Promise<FaultyCluster> {
    // One partition of offsets: one broker coordinates every group.
    const kafka =
      settings.kafka ??
      (await LocalKafka.start({ brokers: 3, brokerSettings: { 'offsets.topic.num.partitions': '1' } }));
    const directory = new DataDirectory(join(tmpdir(), `yizhan-faults-${randomUUID()}`));
    const said: string[] = [];
    try {
      const cluster = await Cluster.start({
        directory,
        http: { host: '127.0.0.1', port: 0 },
        database: 'embedded',
        kafka: kafkaVariables(kafka),
        processes: settings.processes ?? usualProcesses,
        logLevel: 'error',
        tell: (line) => tellQuietly(line, said),
      });
      const database = new ClusterDatabase(runningServer(directory).as(ownerRole));
      const client = await LoadClient.open(cluster.address, readSigningKey(directory));
      const areas = await openAreas(client, settings.areas ?? 4, settings.workers ?? 4);
      // Not every part of a network is told of in an event; every step of a truck is.
      client.acknowledged.clear();
      return new FaultyCluster({ kafka, cluster, directory, database, client, areas, said });
    } catch (error) {
      await kafka.stop();
      throw error;
    }
  }

  get address(): string {
    return this.cluster.address;
  }

  get processes(): readonly ClusterProcess[] {
    return processNames.flatMap((name) => this.cluster.processes(name));
  }

  processesOf(name: (typeof processNames)[number]): readonly ClusterProcess[] {
    return this.cluster.processes(name);
  }

  /** Trucks a second that are to come. */
  load(rate: number): TruckLoad {
    return new TruckLoad(this.client, this.areas, rate);
  }

  /** Events a second that enter the log whatever is broken. */
  announcements(eventsPerSecond: number): AnnouncementLoad {
    return new AnnouncementLoad(this.client, this.areas, eventsPerSecond);
  }

  findings(): Promise<Findings> {
    return this.database.findings(this.client.acknowledged);
  }

  groupId(group: string): string {
    return `${this.#kafkaSettings.topic}.${group}`;
  }

  /** Waits until every broker has every message again. */
  replicasAreComplete(): Promise<void> {
    return this.#until('complete replicas', async () => {
      const { missingReplicas } = await describeTopic(this.#kafkaSettings);
      return missingReplicas === 0;
    });
  }

  everyProcessIsReady(): Promise<void> {
    return this.#until('every process', () => this.processes.every(({ ready }) => ready !== undefined));
  }

  /** As the address tells it. */
  everyServiceIsReady(): Promise<void> {
    return this.#until('every service', async () => (await fetch(`${this.address}/health/ready`)).ok);
  }

  /** Every service at once, and of each one process after the other. */
  async rollingRestart(): Promise<void> {
    await Promise.all(
      processNames.map(async (name) => {
        for (const process of this.cluster.processes(name)) await process.restart();
      }),
    );
  }

  /** As an administrator does after Kafka was lost. */
  async refill(): Promise<void> {
    await this.run('topics', 'provision');
    await this.run('refill');
  }

  /** `npx yizhan …` on the data directory of the cluster. @throws Error with what it said where it fails. */
  async run(...args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [main, ...args, '--data', this.directory.path], {
      env: { ...process.env, ...kafkaVariables(this.kafka), YIZHAN_TEST_PG_URL: '', LANG: 'C', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`yizhan ${args.join(' ')} ended with ${code}: ${said}`);
    return said;
  }

  /** `immediate` as in a crash, `fast` as an administrator restarts it. Resolves when it answers again. */
  async restartDatabase(mode: 'immediate' | 'fast'): Promise<void> {
    const { cluster } = choosePlace(this.directory, () => undefined);
    const before = readPostmaster(cluster)?.pid;
    if (before === undefined) throw new Error('PostgreSQL does not run');
    process.kill(before, mode === 'immediate' ? 'SIGQUIT' : 'SIGINT');
    await this.#until('PostgreSQL', async () => {
      const now = readPostmaster(cluster);
      if (now === undefined || now.pid === before || now.status !== 'ready') return false;
      await this.database.rows('SELECT 1');
      return true;
    });
  }

  /** What an engineer would ask first where something has gone wrong: who runs, who is ready, and what was said last. */
  async describe(): Promise<string> {
    const looks = this.processes.map(async ({ name, pid, restarts, ready }) => {
      const health = ready ? await look(`${ready.address}/health/ready`) : 'not ready';
      return `${name}: process ${pid ?? 'none'}, started again ${restarts} times, ${health}`;
    });
    const { heapUsed, rss } = process.memoryUsage();
    return [
      `the address: ${await look(`${this.address}/health/ready`)}`,
      ...(await Promise.all(looks)),
      `the test: ${Math.round(heapUsed / 2 ** 20)} MiB of heap, ${Math.round(rss / 2 ** 20)} MiB of memory`,
      ...(await this.database.standing().catch((error: unknown) => [String(error)])),
      ...this.said.slice(-saidKept),
    ].join('\n');
  }

  /** For the report of a run by hand. */
  tell(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
    discardDataDirectory(this.directory);
    await this.kafka.stop();
  }

  get #kafkaSettings(): KafkaSettings {
    return kafkaSettingsOf(kafkaVariables(this.kafka), 'test');
  }

  async #until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
    const end = performance.now() + patience;
    let last: unknown;
    while (performance.now() < end) {
      try {
        if (await holds()) return;
      } catch (error) {
        last = error;
      }
      await pause(250);
    }
    throw new Error(`waited in vain for ${what}`, { cause: last });
  }
}

function kafkaVariables(kafka: LocalKafka): KafkaVariables {
  const copies = kafka.nodes.length === 1 ? '1' : '3';
  return {
    KAFKA_BROKERS: kafka.brokers.join(','),
    YIZHAN_KAFKA_REPLICATION: copies,
    YIZHAN_KAFKA_MIN_IN_SYNC: copies === '1' ? '1' : '2',
  };
}

async function look(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return `${answer.status} ${await answer.text()}`;
  } catch (error) {
    return reasonOf(error);
  }
}

const isTold = process.env.YIZHAN_TEST_FAULTS_LOG !== undefined;
const saidKept = 40;
const lineKept = 300;

/** What the processes say of the faults that they are put to is for whoever looks for a fault of ours. */
function tellQuietly(line: string, said: string[]): void {
  if (isTold) process.stderr.write(`${line}\n`);
  said.push(line.slice(0, lineKept));
  if (said.length > 2 * saidKept) said.splice(0, saidKept);
}
