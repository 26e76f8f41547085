import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { SigningKey } from '@yizhan/identity';
import type { Clock, Ids } from '@yizhan/kernel';
import { ownerRole } from '@yizhan/persistence';
import type { Logger } from 'pino';
import { SchedulerWake } from '../../../scheduler/src/scheduler-wake.js';
import { Timers } from '../../../station/src/timers/timers.js';
import { createApplication } from './application.js';
import type { DataDirectory, Secrets } from './data/data-directory.js';
import { DataLock } from './data/data-lock.js';
import { DatabaseServer } from './postgres/database-server.js';
import { environmentFault, type Fault, messageOf, systemCode } from './fault.js';
import { Intake } from './intake.js';
import { allMigrations } from './migrations.js';
import { openServices, type Services } from './services.js';
import { ensureSigningKey } from './data/signing-key.js';
import { type Due, TimerLoop } from './timer-loop.js';

export interface RuntimeOptions {
  readonly directory: DataDirectory;
  readonly clock: Clock;
  readonly ids: Ids;
  /** `embedded`, or the URL of another PostgreSQL. */
  readonly database: string;
  /** Absent where nobody is to be answered. */
  readonly http?: { readonly host: string; readonly port: number };
  /** `live` runs by itself; `stepped` moves only when told to. */
  readonly mode: 'live' | 'stepped';
  /** Off only for what can be done again: see `PostgresSettings`. */
  readonly isDurable?: boolean;
  /** Which command runs it. */
  readonly what: string;
  readonly log: Logger;
  readonly tell: (line: string) => void;
}

/** What is undone at the end, the newest first. */
type Undo = () => Promise<void> | void;

/** Every service in one process, from the data directory to the open port. */
export class Runtime {
  readonly #undo: Undo[] = [];
  #timers: TimerLoop | undefined;
  #stopping: Promise<void> | undefined;
  #lose: (fault: Fault) => void = () => undefined;
  /** Resolves where this process has to stop by itself: another has taken its place at the database. */
  readonly lost = new Promise<Fault>((resolve) => {
    this.#lose = resolve;
  });
  services: Services;
  app: NestFastifyApplication;
  signingKey: SigningKey;
  /** Where it answers, such as `http://127.0.0.1:7700`. */
  address: string | undefined;

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
    this.#stopping ??= this.#unwind();
    return this.#stopping;
  }

  async #start(): Promise<void> {
    const { directory, clock, ids, mode, what } = this.options;
    directory.makeFolder();
    const lock = DataLock.acquire(directory, what);
    this.#undo.push(() => lock.release());
    const secrets = directory.ensureSecrets();
    this.signingKey = await ensureSigningKey(directory);
    const server = await this.#openDatabase(directory, secrets);
    this.#undo.push(() => server.stop());
    const serverLock = await server.lock(this.#lose);
    this.#undo.push(() => serverLock.release());
    await server.prepare(allMigrations);
    server.keepAlive((error) => this.#fault('PostgreSQL', error));
    this.services = await openServices({
      server,
      clock,
      ids,
      // A replay writes the same events on whatever data directory.
      schedulerOwner: mode === 'stepped' ? undefined : secrets.id,
      onFault: this.#fault,
    });
    this.#undo.push(async () => {
      for (const database of this.services.databases) await database.close();
    });
    this.app = await createApplication({
      services: this.services,
      signingKey: this.signingKey,
      owner: server.as(ownerRole),
      log: this.options.log,
    });
    this.#undo.push(() => this.app.close());
    const intake = new Intake();
    intake.watch(this.app);
    await this.app.init();
    await this.app.startAllMicroservices();
    if (mode === 'live') this.#goLive();
    if (this.options.http) await this.#listen(this.options.http, lock);
    this.#undo.push(() => intake.close());
  }

  #openDatabase(directory: DataDirectory, secrets: Secrets): Promise<DatabaseServer> {
    const { database, isDurable = true, tell } = this.options;
    if (database !== 'embedded') return DatabaseServer.byUrl(database, secrets);
    return DatabaseServer.embedded({ directory, secrets, isDurable, tell });
  }

  #goLive(): void {
    const { transport } = this.services;
    transport.start();
    this.#undo.push(() => transport.stop());
    const timers = new TimerLoop([this.#of(Timers), this.#of(SchedulerWake)], this.#fault);
    this.#timers = timers;
    timers.start();
    this.#undo.push(() => timers.stop());
  }

  #of<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }

  async #listen({ host, port }: { host: string; port: number }, lock: DataLock): Promise<void> {
    try {
      // Not by Nest's own way, which would log a fault that is told here.
      this.address = await this.app.getHttpAdapter().getInstance().listen({ port, host });
    } catch (error) {
      const taken = systemCode(error) === 'EADDRINUSE';
      throw environmentFault(
        taken
          ? `port ${port} on ${host} is taken by another program`
          : `cannot listen on ${host}:${port}: ${messageOf(error)}`,
        'Choose another with --port, or 0 for any free one.',
      );
    }
    lock.tellAddress(this.address);
  }

  async #unwind(): Promise<void> {
    for (const undo of this.#undo.toReversed()) {
      try {
        await undo();
      } catch (error) {
        this.#fault('stopping', error);
      }
    }
  }

  readonly #fault = (where: string, error: unknown): void => {
    this.options.log.error({ about: where, stack: error instanceof Error ? error.stack : undefined }, messageOf(error));
  };
}
