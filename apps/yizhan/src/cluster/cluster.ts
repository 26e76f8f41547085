import { databaseUrlOf, environmentFault, type Fault, type LogLevel, messageOf, systemCode } from '@yizhan/process';
import { Teardown } from '@yizhan/service-process';
import type { DataDirectory } from '../runtime/data/data-directory.js';
import { DataLock } from '../runtime/data/data-lock.js';
import { makeKeystore } from '../runtime/data/keystore.js';
import { ensureSigningKey, signingKeyFile } from '../runtime/data/signing-key.js';
import { ensureSlipKeys, slipKeysFile } from '../runtime/data/slip-keys.js';
import { allMigrations } from '../runtime/migrations.js';
import { DatabaseServer } from '../runtime/postgres/database-server.js';
import { kafkaSettingsOf, type KafkaVariables } from './cluster.config.js';
import { LocalBrokers } from './local-brokers.js';
import { type ProcessCounts, type ProcessName, processNames, processPlaces } from './process-names.js';
import { type ClusterProcess, clusterProcess, type Surroundings } from './processes/cluster-process.js';
import { ReverseProxy } from './proxy/reverse-proxy.js';
import { type RoutedService, routedServices } from './routes.js';
import { writeTokenKeys } from './token-keys-file.js';
import { prepareTopic } from './topic.js';

export interface ClusterOptions extends Pick<Surroundings, 'alter'> {
  readonly directory: DataDirectory;
  readonly http: { readonly host: string; readonly port: number };
  /** `embedded`, or the URL of another PostgreSQL. */
  readonly database: string;
  /** How many brokers to start, or the variables that tell of others. */
  readonly kafka: 1 | 3 | KafkaVariables;
  readonly processes?: ProcessCounts;
  /** Of the processes. */
  readonly logLevel: LogLevel;
  readonly tell: (line: string) => void;
}

/** Every service in processes of its own on this machine, with PostgreSQL, Kafka and one address before them. */
export class Cluster {
  readonly #teardown: Teardown;
  readonly #processes = new Map<ProcessName, ClusterProcess[]>();
  #lose: (fault: Fault) => void = () => undefined;
  /** Resolves where the cluster has to stop by itself: the database is another's by now, or Kafka has ended. */
  readonly lost = new Promise<Fault>((resolve) => {
    this.#lose = resolve;
  });
  #proxy: ReverseProxy;
  /** What a process has to be told to use the Kafka of this cluster. */
  kafka: KafkaVariables;

  private constructor(private readonly options: ClusterOptions) {
    this.#teardown = new Teardown((where, error) => options.tell(`${where}: ${messageOf(error)}`));
  }

  /** Resolves when every process is ready. @throws Fault where something is in the way; nothing is left running then. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options);
    try {
      await cluster.#start();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** The one address, such as `http://127.0.0.1:7700`. */
  get address(): string {
    return this.#proxy.address;
  }

  processes(name: ProcessName): readonly ClusterProcess[] {
    return this.#processes.get(name) ?? [];
  }

  /** The address, the services, the publishers, Kafka, PostgreSQL: each finishes what is under way, in this order, once. */
  stop(): Promise<void> {
    return this.#teardown.run();
  }

  async #start(): Promise<void> {
    const { directory, logLevel, alter, tell } = this.options;
    directory.makeFolder();
    const lock = DataLock.acquire(directory, 'cluster');
    this.#teardown.add(() => lock.release());
    // Before anything that takes long: the port may be taken.
    this.#proxy = await this.#openProxy();
    this.#teardown.add(() => this.#proxy.close());
    const server = await this.#openDatabase();
    const tokenKeysFile = writeTokenKeys(directory, await ensureSigningKey(directory));
    const keystore = makeKeystore(directory);
    await ensureSlipKeys(directory);
    this.kafka = await this.#openKafka();
    await prepareTopic(kafkaSettingsOf(this.kafka, 'yizhan-cluster'), server, tell);
    const urlOf = urlsAt(server, this.options.database);
    await this.#startProcesses({
      databaseUrlOf: urlOf,
      kafka: this.kafka,
      tokenKeysFile,
      tokenSigningKeyFile: signingKeyFile(directory),
      slipKeysFile: slipKeysFile(directory),
      keystore,
      logLevel,
      alter,
      tell,
    });
    // Once more, as what is asked of it must end before the processes do.
    this.#teardown.add(() => this.#proxy.close());
    await this.#proxy.probe();
    lock.tellAddress(this.address);
  }

  async #openProxy(): Promise<ReverseProxy> {
    const { http, tell } = this.options;
    const of = (service: RoutedService) => [
      service,
      () => this.processes(service).map((each) => ({ address: each.ready?.address })),
    ];
    try {
      return await ReverseProxy.start({
        ...http,
        upstreams: Object.fromEntries(routedServices.map(of)),
        onFault: (error) => tell(`the proxy: ${messageOf(error)}`),
      });
    } catch (error) {
      throw environmentFault(
        systemCode(error) === 'EADDRINUSE'
          ? `port ${http.port} on ${http.host} is taken by another program`
          : `cannot listen on ${http.host}:${http.port}: ${messageOf(error)}`,
        'Choose another with --port, or 0 for any free one.',
      );
    }
  }

  async #openDatabase(): Promise<DatabaseServer> {
    const { directory, database, tell } = this.options;
    const secrets = directory.ensureSecrets();
    const server =
      database === 'embedded'
        ? await DatabaseServer.embedded({ directory, secrets, isDurable: true, tell })
        : await DatabaseServer.byUrl(database, secrets);
    this.#teardown.add(() => server.stop());
    const lock = await server.lock(this.#lose);
    this.#teardown.add(() => lock.release());
    await server.prepare(allMigrations);
    server.keepAlive((error) => tell(messageOf(error)));
    return server;
  }

  async #openKafka(): Promise<KafkaVariables> {
    const { directory, kafka, tell } = this.options;
    if (typeof kafka === 'object') return kafka;
    tell(kafka === 1 ? 'starting Kafka: one broker' : `starting Kafka: ${kafka} brokers`);
    const brokers = new LocalBrokers({ directory, count: kafka, tell });
    this.#teardown.add(() => brokers.stop());
    const variables = await brokers.start();
    brokers.onEnd(() => this.#lose(environmentFault('Kafka has ended', 'Its own lines above say why; start again.')));
    return variables;
  }

  async #startProcesses(surroundings: Surroundings): Promise<void> {
    const { processes = {}, tell } = this.options;
    for (const name of processNames) {
      const started = Array.from({ length: processes[name] ?? 1 }, (_, index) =>
        clusterProcess({ name, number: index + 1 }, surroundings),
      );
      this.#processes.set(name, started);
      // Publishers stand first, so that they end last: what the services have written on their way down is published.
      this.#teardown.add(() => stopAll(started));
    }
    const all = [...this.#processes.values()].flat();
    tell(`starting ${all.length} processes`);
    await Promise.all(all.map((each) => each.start()));
  }
}

async function stopAll(processes: readonly ClusterProcess[]): Promise<void> {
  await Promise.all(processes.map((each) => each.stop()));
}

/** How each kind of process reaches the database: as its own role, by the same TLS as we do. */
function urlsAt(server: DatabaseServer, database: string): (name: ProcessName) => string {
  return (name) => {
    const url = new URL(databaseUrlOf(server.as(processPlaces[name].role)));
    if (database !== 'embedded') url.search = new URL(database).search;
    return url.href;
  };
}
