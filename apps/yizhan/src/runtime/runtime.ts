import {
  Credentials,
  ApiKeyVerifier,
  publicKeyOf,
  type SigningKey,
  TokenSigner,
  ProviderVerifier,
  TokenVerifier,
} from '@yizhan/identity';
import { type Clock, type Ids, SystemClock } from '@yizhan/kernel';
import {
  Metrics,
  openTracing,
  serveMetrics,
  traceRequests,
  type Tracing,
  watchBacklog,
  watchParked,
} from '@yizhan/observability';
import type { NoticeSettings } from '@yizhan/notices';
import { ownerRole } from '@yizhan/persistence';
import {
  type EdgeSettings,
  type Fault,
  messageOf,
  ownVersion,
  type ProviderSettings,
  type TracingSettings,
  type WebhookSettings,
} from '@yizhan/process';
import {
  type Application,
  createApplication,
  type Demonstration,
  type Due,
  Intake,
  IssuedCredentials,
  listen,
  Teardown,
  TimerLoop,
} from '@yizhan/service-process';
import type { Logger } from 'pino';
import type { LanServer, WantedLan } from '../lan/lan-server.js';
import { phonesAt } from '../lan/phones-at.js';
import { chooseLanAddress } from '../lan/local-addresses.js';
import type { DataDirectory, Secrets } from './data/data-directory.js';
import { DataLock } from './data/data-lock.js';
import { openKeystoreOf } from './data/keystore.js';
import { ensureSigningKey } from './data/signing-key.js';
import { ensureSlipKeys } from './data/slip-keys.js';
import { healthOf } from './health.js';
import { allMigrations } from './migrations.js';
import { type BeforeUpgrade, DatabaseServer } from './postgres/database-server.js';
import { openServices, type Services } from './services.js';
import { refuseChangesWhileFull } from './storage/refuse-changes.js';
import { storageText } from './storage/storage-text.js';
import { StorageWatch } from './storage/storage-watch.js';

export interface RuntimeOptions {
  readonly directory: DataDirectory;
  readonly clock: Clock;
  readonly ids: Ids;
  /** `embedded`, or the URL of another PostgreSQL. */
  readonly database: string;
  /** Absent where nobody is to be answered. */
  readonly http?: { readonly host: string; readonly port: number };
  /** Where tablets of the local network find it, over HTTPS; nowhere where it is absent. */
  readonly lan?: WantedLan | undefined;
  /** Told why tablets are not served yet, where their network is not there. */
  readonly onWaitForLan?: (why: string) => void;
  /** Who may ask how much; no limit where it is absent. */
  readonly edge?: EdgeSettings;
  /** Where webhooks may go besides public addresses: nowhere where it is absent. */
  readonly webhooks?: WebhookSettings;
  /** Over which gateways people are told; nobody is where it is absent. */
  readonly notices?: NoticeSettings | undefined;
  /** How traces are told; none are where it is absent. */
  readonly tracing?: TracingSettings | undefined;
  /** Whose tokens are taken beside our own. */
  readonly provider?: ProviderSettings | undefined;
  /** `live` runs by itself; `stepped` moves only when told to. */
  readonly mode: 'live' | 'stepped';
  /** What is kept free of the disk, bytes; not looked at where it is absent. */
  readonly reserveBytes?: number;
  /** Off only for what can be done again: see `PostgresSettings`. */
  readonly isDurable?: boolean;
  /** What is played, where the work is not real. */
  readonly demonstration?: Demonstration | undefined;
  /** What is done before data that are there are brought to this version. */
  readonly beforeUpgrade?: BeforeUpgrade;
  /** Which command runs it. */
  readonly what: string;
  readonly log: Logger;
  readonly tell: (line: string) => void;
}

/** Every service in one process, from the data directory to the open port. */
export class Runtime {
  readonly #fault = (where: string, error: unknown): void => {
    this.options.log.error({ about: where, stack: error instanceof Error ? error.stack : undefined }, messageOf(error));
  };
  readonly #teardown = new Teardown(this.#fault);
  /** Absent where nobody can ask for them. */
  #metrics: Metrics | undefined;
  #tracing: Tracing | undefined;
  #timers: TimerLoop | undefined;
  #lose: (fault: Fault) => void = () => undefined;
  /** Resolves where this process has to stop by itself: another has taken its place at the database. */
  readonly lost = new Promise<Fault>((resolve) => {
    this.#lose = resolve;
  });
  #serveTablets: (lan: LanServer) => void = () => undefined;
  /** Resolves once tablets are served, which may be long after the start, or never. */
  readonly tablets = new Promise<LanServer>((resolve) => {
    this.#serveTablets = resolve;
  });
  /** Of the disk, where it is ours. */
  storage: StorageWatch | undefined;
  services: Services;
  application: Application;
  signingKey: SigningKey;
  /** Where it answers, such as `http://127.0.0.1:7700`. */
  address: string | undefined;
  /** Serves the local network, where that is asked for. */
  lan: LanServer | undefined;

  private constructor(private readonly options: RuntimeOptions) {}

  /** @throws Fault where this machine or its configuration is in the way; nothing is left running then. */
  static async start(options: RuntimeOptions): Promise<Runtime> {
    const runtime = new Runtime(options);
    try {
      await runtime.#start();
      return runtime;
    } catch (error) {
      await runtime.stop();
      throw error;
    }
  }

  get clock(): Clock {
    return this.options.clock;
  }

  /** Lets something more happen by the clock; nothing does in a runtime that is stepped. */
  alsoFire(due: Due): void {
    this.#timers?.add(due);
  }

  /** Not ready, intake shut, consumers stopped, pools closed, database stopped: in this order, once. */
  stop(): Promise<void> {
    return this.#teardown.run();
  }

  async #start(): Promise<void> {
    const { directory, clock, ids, mode, what } = this.options;
    directory.makeFolder();
    const lock = DataLock.acquire(directory, what);
    this.#teardown.add(() => lock.release());
    const secrets = directory.ensureSecrets();
    this.signingKey = await ensureSigningKey(directory);
    const keystore = await openKeystoreOf(directory);
    const slipKeys = await ensureSlipKeys(directory);
    const server = await this.#openDatabase(directory, secrets);
    this.#teardown.add(() => server.stop());
    const storage = (this.storage = await this.#watchStorage(server));
    const serverLock = await server.lock(this.#lose);
    this.#teardown.add(() => serverLock.release());
    await server.prepare(allMigrations, this.options.beforeUpgrade);
    server.keepAlive((error) => this.#fault('PostgreSQL', error));
    if (this.options.http) await this.#observe();
    this.services = await openServices({
      server,
      clock,
      ids,
      keystore,
      // A replay writes the same events on whatever data directory.
      owner: mode === 'stepped' ? 'single' : secrets.id,
      slipKeys,
      telemetry: this.#metrics,
      webhooks: this.options.webhooks,
      notices: this.options.notices,
      signer: await TokenSigner.of(this.signingKey),
      demonstration: this.options.demonstration,
      phonesAt: () =>
        phonesAt({ address: this.address, host: this.options.http?.host ?? '', lanAddress: this.lan?.address }),
      storage,
      onFault: this.#fault,
    });
    this.#teardown.add(async () => {
      for (const database of this.services.databases) await database.close();
    });
    this.application = await createApplication({
      title: 'Yizhan',
      services: this.services.equipped,
      tokens: await this.#credentials(),
      ...(this.options.edge && { edge: this.options.edge }),
      healthOf: (servers) => healthOf(this.services, servers, server.as(ownerRole)),
      log: this.options.log,
    });
    const { app, streams } = this.application;
    this.#teardown.add(() => app.close());
    if (this.#metrics) this.#measure(this.#metrics);
    if (this.#tracing) traceRequests(app, this.#tracing);
    const intake = new Intake(streams);
    intake.watch(app);
    if (storage) refuseChangesWhileFull(app, storage);
    await app.init();
    await app.startAllMicroservices();
    if (mode === 'live') this.goLive();
    if (this.options.http) await this.#listen(this.options.http, lock);
    if (this.options.lan) await this.#serveLan(this.options.lan);
    this.#teardown.add(() => intake.close());
  }

  /** Begins before anything is written that can wait. */
  async #watchStorage(server: DatabaseServer): Promise<StorageWatch | undefined> {
    const { reserveBytes, directory, tell } = this.options;
    if (reserveBytes === undefined || server.cluster === undefined) return undefined;
    const watch = new StorageWatch({
      folders: [directory.path, server.cluster],
      reserveBytes,
      onChange: (state, freeBytes) => tell(storageText(state, freeBytes)),
      onFault: (error) => this.#fault('disk', error),
    });
    await watch.start();
    this.#teardown.add(() => watch.stop());
    return watch;
  }

  async #credentials(): Promise<Credentials> {
    const provider = this.options.provider && new ProviderVerifier(this.options.provider, { onFault: this.#fault });
    await provider?.start();
    this.#teardown.add(() => Promise.resolve(provider?.stop()));
    const issued = new IssuedCredentials(this.services.portsOf('station').database, this.#fault);
    return new Credentials({
      tokens: TokenVerifier.of([publicKeyOf(this.signingKey)]),
      apiKeys: new ApiKeyVerifier(issued, this.clock),
      provider,
      isSuspended: (subject) => issued.isSuspended(subject),
      stationsIn: (counties) => issued.stationsIn(counties),
    });
  }

  #openDatabase(directory: DataDirectory, secrets: Secrets): Promise<DatabaseServer> {
    const { database, isDurable = true, tell } = this.options;
    if (database !== 'embedded') return DatabaseServer.byUrl(database, secrets);
    return DatabaseServer.embedded({ directory, secrets, isDurable, tell });
  }

  async #observe(): Promise<void> {
    this.#metrics = new Metrics(this.#fault);
    const { tracing: settings } = this.options;
    if (settings === undefined) return;
    const tracing = await openTracing({ ...settings, version: ownVersion(), onFault: this.#fault });
    this.#teardown.add(() => tracing.close());
    this.#tracing = tracing;
    this.#metrics.tracing = tracing;
  }

  #measure(metrics: Metrics): void {
    serveMetrics(this.application.app, metrics);
    watchBacklog(metrics, { database: this.services.log, clock: this.clock, isOnKafka: false });
    for (const { definition, ports } of this.services.equipped) {
      definition.measure?.(metrics, ports);
      if (definition.server === undefined) continue;
      watchParked(metrics, { group: definition.name, database: ports.database, schema: definition.place.schema });
    }
  }

  /** From now on it runs by itself; for what has been stepped until now. */
  goLive(): void {
    const { transport } = this.services;
    transport.start();
    this.#teardown.add(() => transport.stop());
    const { dues, wakes } = this.application;
    const timers = new TimerLoop([...dues, ...wakes], this.#fault);
    this.#timers = timers;
    timers.start();
    this.#teardown.add(() => timers.stop());
  }

  async #listen(at: { host: string; port: number }, lock: DataLock): Promise<void> {
    this.address = await listen(this.application.app, at, 'Choose another with --port, or 0 for any free one.');
    lock.tellAddress(this.address);
  }

  async #serveLan(wanted: WantedLan): Promise<void> {
    const { directory, tell, onWaitForLan } = this.options;
    const fastify = this.application.app.getHttpAdapter().getInstance();
    const { LanServer: Server } = await import('../lan/lan-server.js');
    const { LanWhenThere: WhenThere } = await import('../lan/lan-when-there.js');
    const lan = await WhenThere.open({
      open: async () =>
        Server.open({
          ...wanted,
          address: wanted.address ?? (await chooseLanAddress(true)),
          directory,
          // Browsers judge certificates by the clock on the wall.
          clock: new SystemClock(),
          answer: (request, response) => fastify.routing(request, response),
          tell,
          onFault: this.#fault,
        }),
      onOpen: (server) => {
        this.lan = server;
        this.#serveTablets(server);
      },
      onWait: onWaitForLan ?? tell,
    });
    this.#teardown.add(() => lan.close());
  }
}
