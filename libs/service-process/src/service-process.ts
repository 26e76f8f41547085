import { setTimeout as pause } from 'node:timers/promises';
import { type KafkaTransport, LogBell, LogReader, Outbox, OutboxNotifier } from '@yizhan/event-log';
import { databaseAnswers } from '@yizhan/http';
import { ApiKeyVerifier, Credentials, ProviderVerifier } from '@yizhan/identity';
import { ManualClock, RandomIds, SeededIds, SystemClock } from '@yizhan/kernel';
import { readNoticeSettings } from '@yizhan/notices';
import { openTracing, serveMetrics, traceRequests, type Tracing, watchParked } from '@yizhan/observability';
import { ownVersion } from '@yizhan/process';
import { type Application, createApplication } from './application.js';
import { isStaying, membersMove, WatchedMetrics } from './health.js';
import { Intake } from './intake.js';
import { IssuedCredentials } from './issued-credentials.js';
import { listen } from './listen.js';
import { openOwnDatabase } from './open-database.js';
import { openKeystore } from './open-keystore.js';
import { openTransport } from './open-transport.js';
import type { ProgramContext, RunningProgram } from './run-program.js';
import type { ServiceDefinition, ServicePorts } from './service-definition.js';
import { SteppedControl } from './stepped-control.js';
import { Teardown } from './teardown.js';
import { TimerLoop } from './timer-loop.js';
import { readTokenKeys, readTokenSigner } from './token-keys.js';
import { readSlipKeysFile } from './slip-keys.js';

/** Time for a reverse proxy to see that this process is not ready any more, before it refuses anything. */
const noticeFor = 1_000;

/** One service in a process of its own: its schema's role, Kafka, an address. */
export class ServiceProcess implements RunningProgram {
  readonly #clock: SystemClock | ManualClock;
  readonly #metrics: WatchedMetrics;
  readonly #teardown: Teardown;
  #tracing: Tracing | undefined;
  #isGoing = false;
  #application: Application;
  #address = '';

  private constructor(
    private readonly definition: ServiceDefinition,
    private readonly context: ProgramContext,
  ) {
    this.#clock = context.options.stepped ? new ManualClock(0) : new SystemClock();
    this.#metrics = new WatchedMetrics(context.onFault);
    this.#teardown = new Teardown(context.onFault);
  }

  /** @throws Fault where its surroundings are in the way; nothing is left running then. */
  static async start(definition: ServiceDefinition, context: ProgramContext): Promise<ServiceProcess> {
    const service = new ServiceProcess(definition, context);
    try {
      await service.#start();
      return service;
    } catch (error) {
      await service.#teardown.run();
      throw error;
    }
  }

  get address(): string {
    return this.#address;
  }

  /** Not ready, intake shut, consumers stopped, timers stopped, pools closed: in this order, once. */
  async stop(): Promise<void> {
    this.#isGoing = true;
    await pause(noticeFor);
    await this.#teardown.run();
  }

  async #start(): Promise<void> {
    const { settings, log, onFault, options } = this.context;
    const provider = settings.provider && new ProviderVerifier(settings.provider, { onFault });
    // Where a provider says who people are, there need be no keys of ours.
    const isOwn = settings.tokenKeysFile !== undefined || !provider;
    const tokens = isOwn ? readTokenKeys(settings.tokenKeysFile) : undefined;
    await provider?.start();
    this.#teardown.add(() => Promise.resolve(provider?.stop()));
    const signer = await readTokenSigner(settings.tokenSigningKeyFile);
    await this.#openTracing();
    const ports = { ...(await this.#openPorts()), ...(signer && { signer }) };
    const issued = new IssuedCredentials(ports.database, onFault);
    const transport = await openTransport({
      kafka: settings.kafka,
      reader: ports.reader,
      tellsCaughtUp: !options.stepped,
      onFault,
      onDead: this.context.onDead,
    });
    this.#application = await createApplication({
      title: `Yizhan ${this.definition.name}`,
      services: [{ definition: this.definition, ports, transport }],
      tokens: new Credentials({
        tokens,
        provider,
        apiKeys: new ApiKeyVerifier(issued, this.#clock),
        isSuspended: (subject) => issued.isSuspended(subject),
        stationsIn: (counties) => issued.stationsIn(counties),
      }),
      healthOf: () => ({
        live: [membersMove(transport, this.#metrics)],
        ready: [isStaying(() => this.#isGoing), databaseAnswers(ports.database)],
      }),
      edge: settings.edge,
      log,
    });
    await this.#open(ports, transport);
  }

  async #openTracing(): Promise<void> {
    const { settings, onFault } = this.context;
    if (settings.tracing === undefined) return;
    const tracing = await openTracing({ ...settings.tracing, version: ownVersion(), onFault });
    this.#teardown.add(() => tracing.close());
    this.#tracing = tracing;
    this.#metrics.tracing = tracing;
  }

  async #openPorts(): Promise<ServicePorts> {
    const { place, entities, migrations, poolSize, source, needsKeystore = false } = this.definition;
    const {
      settings: { connection, instance, keystore, slipKeysFile, webhooks, noticesFile },
      onFault,
      options: { stepped, seed },
    } = this.context;
    const keys = needsKeystore ? { keystore: await openKeystore(keystore) } : {};
    const database = await openOwnDatabase({ connection, place, entities, migrations, poolSize, instance });
    this.#teardown.add(() => database.close());
    const notifier = await OutboxNotifier.open(connection, onFault);
    this.#teardown.add(() => notifier.close());
    const logBell = await LogBell.listen(connection, onFault);
    this.#teardown.add(() => logBell.close());
    const ids = seed === undefined ? new RandomIds() : new SeededIds(seed);
    return {
      database,
      outbox: new Outbox(source, this.#clock, ids, notifier.ring, this.#tracing),
      reader: new LogReader(database),
      clock: this.#clock,
      ids,
      logBell,
      owner: stepped ? 'single' : instance,
      slipKeys: readSlipKeysFile(slipKeysFile),
      telemetry: this.#metrics,
      deliveryTelemetry: this.#metrics,
      webhooks,
      // Whoever plays work tells nobody.
      notices: stepped ? undefined : readNoticeSettings(noticesFile),
      ...keys,
    };
  }

  /** From the wired application to the open port; what is undone at the end stands in the order of the start. */
  async #open(ports: ServicePorts, transport: KafkaTransport): Promise<void> {
    const { app, servers, streams } = this.#application;
    const { database } = ports;
    this.#teardown.add(() => app.close());
    serveMetrics(app, this.#metrics);
    if (this.#tracing) traceRequests(app, this.#tracing);
    const intake = new Intake(streams);
    intake.watch(app);
    await app.init();
    this.#move();
    this.#teardown.add(async () => {
      for (const server of servers) await server.close();
    });
    await app.startAllMicroservices();
    const { schema } = this.definition.place;
    this.definition.measure?.(this.#metrics, ports);
    for (const { group } of transport.progress) watchParked(this.#metrics, { group, database, schema });
    this.#address = await listen(
      app,
      this.context.settings.http,
      'Give YIZHAN_HTTP_PORT another port, or 0 for any free one.',
    );
    this.#teardown.add(() => intake.close());
  }

  /** By the clock on the wall, or step by step. */
  #move(): void {
    const { dues, wakes, servers } = this.#application;
    if (this.#clock instanceof ManualClock) {
      const control = new SteppedControl({ clock: this.#clock, dues, wakes, servers });
      control.listen(process);
      return;
    }
    const timers = new TimerLoop([...dues, ...wakes], this.context.onFault);
    timers.start();
    this.#teardown.add(() => timers.stop());
  }
}
