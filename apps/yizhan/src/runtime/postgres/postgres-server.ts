import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readSync, renameSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { environmentFault, messageOf } from '@yizhan/process';
import { childEnvironment } from '../config.js';
import { executable } from './postgres-binaries.js';
import { lastLines } from './postgres-cluster.js';
import type { PostgresPlace } from './postgres-place.js';
import { postgresArguments } from './postgres-settings.js';
import {
  type Postmaster,
  readPostmaster,
  readStartCommand,
  removePostmasterFile,
  startCommand,
} from './postmaster-file.js';
import { isPostgresOf, isRunning, isZombie, startMark } from './process-identity.js';
import { readRecovery, recoveryText } from './recovery.js';
import { signalPostgres, type StopSignal } from './signal-postgres.js';

export interface ServerOptions {
  readonly place: PostgresPlace;
  readonly logFile: string;
  readonly isDurable: boolean;
  readonly tell: (line: string) => void;
}

const startWithin = 300_000;
const stopWithin = 15_000;
/** How long what was killed may stay in the table of processes on a machine that is busy. */
const forgottenWithin = 30_000;
const lookEvery = 500;
const keptLogBytes = 10_000_000;
/** 107 bytes are allowed, of which the file's name takes some. */
const longestSocketFolder = 85;

/** The embedded PostgreSQL, in a session of its own, so that Ctrl-C reaches us alone. */
export class PostgresServer {
  #pid = 0;
  #mark = '';
  /** Whether a process of ours that is gone, or one that lives, has started it. */
  #isTakenOver = false;
  #isStopping = false;
  #isReviving = false;
  #watch: NodeJS.Timeout | undefined;
  readonly #endWithUs = (): void => this.#signal('SIGINT');

  private constructor(
    private readonly options: ServerOptions,
    readonly port: number,
  ) {}

  /** Takes over what a killed parent has left running, or starts it. */
  static async start(options: ServerOptions): Promise<PostgresServer> {
    const { place } = options;
    const left = await settleWhatIsLeft(place);
    const port = left?.port ?? (await freePort(place.port));
    const server = new PostgresServer(options, port);
    process.once('exit', server.#endWithUs);
    const isSame = left && readStartCommand(place.cluster) === startCommand(server.#program, server.#arguments);
    if (left && isSame) server.#adopt(left);
    else {
      if (left) await stopProcess(left.pid, startMark(left.pid), place.cluster);
      await server.#launch();
    }
    return server;
  }

  /** Host for clients: the socket's folder, or the loopback address. */
  get host(): string {
    return this.#socketFolder ?? '127.0.0.1';
  }

  /** Folder of its files. */
  get cluster(): string {
    return this.options.place.cluster;
  }

  /** Starts it again when it dies while we live. */
  keepAlive(onDeath: (error: unknown) => void): void {
    this.#watch = setInterval(() => {
      if (this.#isStopping || this.#isReviving || isRunning(this.#pid, this.#mark)) return;
      this.#isReviving = true;
      onDeath(new Error('PostgreSQL has died: starting it again'));
      void this.#revive(onDeath).finally(() => (this.#isReviving = false));
    }, lookEvery);
    this.#watch.unref();
  }

  /** The first attempts may fail while what is left of the dead one still ends. */
  async #revive(onDeath: (error: unknown) => void): Promise<void> {
    for (let wait = 250; !this.#isStopping; wait = Math.min(wait * 2, 10_000)) {
      try {
        return await this.#launch();
      } catch (error) {
        onDeath(error);
        await pause(wait, undefined, { ref: false });
      }
    }
  }

  /** Ends it after its clients' statements in hand; nothing is lost. */
  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    clearInterval(this.#watch);
    await stopProcess(this.#pid, this.#mark, this.options.place.cluster);
    process.removeListener('exit', this.#endWithUs);
  }

  /** Leaves it to the process that works with it. @returns whether there may be one: what we have started is ours. */
  letGo(): boolean {
    if (!this.#isTakenOver) return false;
    this.#isStopping = true;
    clearInterval(this.#watch);
    process.removeListener('exit', this.#endWithUs);
    return true;
  }

  get #program(): string {
    return executable(this.options.place.binaries, 'postgres');
  }

  get #socketFolder(): string | undefined {
    const { cluster } = this.options.place;
    if (process.platform === 'win32' || Buffer.byteLength(cluster) > longestSocketFolder) return undefined;
    return cluster;
  }

  get #arguments(): string[] {
    const { place, isDurable } = this.options;
    const { blocks, bsize } = statfsSync(place.cluster);
    return postgresArguments(place.cluster, {
      port: this.port,
      socketFolder: this.#socketFolder,
      diskBytes: blocks * bsize,
      isDurable,
    });
  }

  #adopt({ pid }: Postmaster): void {
    this.#pid = pid;
    this.#mark = startMark(pid);
    this.#isTakenOver = true;
    this.options.tell('taking over the PostgreSQL that a killed Yizhan has left running');
  }

  async #launch(): Promise<void> {
    const { logFile, place } = this.options;
    if (existsSync(logFile) && statSync(logFile).size > keptLogBytes) renameSync(logFile, `${logFile}.1`);
    const log = openSync(logFile, 'a', 0o600);
    const before = statSync(logFile).size;
    const killed = readPostmaster(place.cluster);
    try {
      const child = spawn(this.#program, this.#arguments, {
        ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
        cwd: place.cluster,
        env: childEnvironment({ LC_ALL: 'C', TZ: 'UTC' }),
        stdio: ['ignore', log, log],
        detached: true,
      });
      await Promise.race([
        once(child, 'spawn'),
        once(child, 'error').then(([error]) => Promise.reject(error as Error)),
      ]);
      child.unref();
      this.#pid = child.pid ?? 0;
      this.#mark = startMark(this.#pid);
      await this.#untilReady(killed, () => child.exitCode !== null || child.signalCode !== null);
      this.#isTakenOver = false;
      const recovery = readRecovery(tail(logFile, before));
      // What may lose its last moments promises nothing.
      if (recovery && this.options.isDurable) this.options.tell(recoveryText(recovery));
    } catch (error) {
      throw environmentFault(
        `PostgreSQL did not start: ${lastLines(tail(logFile, before)) || messageOf(error)}`,
        `Its whole log is ${logFile}; "npx yizhan doctor" looks for the cause.`,
      );
    } finally {
      closeSync(log);
    }
  }

  /** @param killed what the one before has left in the file: in a container the next one has the same number again. */
  async #untilReady(killed: Postmaster | undefined, hasEnded: () => boolean): Promise<void> {
    const begun = performance.now();
    let hasTold = false;
    while (performance.now() - begun < startWithin) {
      const found = readPostmaster(this.options.place.cluster);
      const isOurs = found?.pid === this.#pid && found.startedAt !== killed?.startedAt;
      if (isOurs && found.status === 'ready') return;
      if (hasEnded()) throw new Error('it ended at once');
      if (!hasTold && performance.now() - begun > 3_000) {
        hasTold = true;
        this.options.tell('PostgreSQL repairs itself after a crash, which may take a while');
      }
      await pause(10);
    }
    this.#signal('SIGINT');
    throw new Error(`it was not ready after ${startWithin / 1_000} s`);
  }

  #signal(signal: StopSignal): void {
    if (this.#pid === 0) return;
    try {
      if (isRunning(this.#pid, this.#mark)) signalPostgres(this.#pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}

/** Ends the PostgreSQL that a killed process has left running in a cluster, before its folder is removed. */
export async function stopWhatIsLeft(cluster: string): Promise<void> {
  const left = await settleWhatIsLeft({ cluster });
  if (left) await stopProcess(left.pid, startMark(left.pid), cluster);
}

/** @returns the PostgreSQL that still runs in this cluster and takes connections, where there is one. */
async function settleWhatIsLeft({ cluster }: Pick<PostgresPlace, 'cluster'>): Promise<Postmaster | undefined> {
  const found = readPostmaster(cluster);
  if (!found) return undefined;
  if (!isRunning(found.pid)) {
    // PostgreSQL asks for the number alone, and takes a zombie for another one that works here.
    for (const until = performance.now() + forgottenWithin; isZombie(found.pid) && performance.now() < until;)
      await pause(20);
    return undefined;
  }
  if (!isPostgresOf(cluster, found.pid)) {
    removePostmasterFile(cluster);
    return undefined;
  }
  if (found.status === 'ready') return found;
  await stopProcess(found.pid, startMark(found.pid), cluster);
  return undefined;
}

/** Fast shutdown; where that takes too long, at once, which the next start repairs from the log. */
async function stopProcess(pid: number, mark: string, cluster: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      signalPostgres(pid, signal);
    } catch {
      return;
    }
    const begun = performance.now();
    while (performance.now() - begun < stopWithin) {
      if (!isRunning(pid, mark)) return;
      // It takes its file away some moments before it ends. Where the system gives no mark the number may be another's by now.
      if (mark === '' && readPostmaster(cluster)?.pid !== pid) return;
      await pause(10);
    }
  }
  throw environmentFault(
    `PostgreSQL (process ${pid}) does not stop`,
    `Look at what holds it, then end it: kill -9 ${pid}`,
  );
}

async function freePort(wanted: number | undefined): Promise<number> {
  const port = await listenOnce(wanted ?? 0).catch(() => listenOnce(0));
  return port;
}

async function listenOnce(wanted: number): Promise<number> {
  const server = createServer();
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

function tail(file: string, from: number): string {
  const log = openSync(file, 'r');
  try {
    const size = Math.min(statSync(file).size - from, 20_000);
    const bytes = Buffer.alloc(Math.max(size, 0));
    readSync(log, bytes, 0, bytes.length, statSync(file).size - bytes.length);
    return bytes.toString('utf8');
  } finally {
    closeSync(log);
  }
}
