import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SigningKey } from '@yizhan/identity';
import { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';
import { discardDataDirectory } from '../../apps/yizhan/src/runtime/data/discard.js';
import { stopWhatIsLeft } from '../../apps/yizhan/src/runtime/postgres/postgres-server.js';
import { clusterOf, cutPower, rowsOf } from './cut-power.js';

const main = resolve(__dirname, '../../dist/programs/yizhan.mjs');
/** English, and no backup but those that a test asks for. */
const environment = {
  ...process.env,
  LANG: 'C.UTF-8',
  LC_ALL: '',
  NO_COLOR: '1',
  YIZHAN_TEST_PG_URL: '',
  YIZHAN_BACKUP_MINUTES: '0',
};
const readyWithin = 120_000;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One PC with the product on it, at one port, whose power can be cut and comes back. */
export class StationWithoutPower {
  readonly #directory: DataDirectory;
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(
    readonly data: string,
    private readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {
    this.#directory = new DataDirectory(data);
  }

  /** @param settings environment variables. @param data where everything is to lie. */
  static async plugIn(
    settings: Readonly<Record<string, string>> = {},
    data = join(tmpdir(), `yizhan-power-${randomUUID()}`),
  ): Promise<StationWithoutPower> {
    const station = new StationWithoutPower(data, await freePort(), settings);
    try {
      await station.powerOn();
      return station;
    } catch (error) {
      await station.discard();
      throw error;
    }
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What it has written since it was last started. */
  get said(): string {
    return this.#said;
  }

  /** What its tokens are signed with. */
  get signingKey(): SigningKey {
    return JSON.parse(readFileSync(join(this.#directory.keysFolder, 'token-signing.json'), 'utf8')) as SigningKey;
  }

  /** @returns milliseconds until it served. */
  async powerOn(): Promise<number> {
    const begun = performance.now();
    this.#said = '';
    const args = [main, 'start', '--empty', '--data', this.data, '--port', String(this.port)];
    const child = spawn(process.execPath, args, {
      env: { ...environment, ...this.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    }
    while (!(await this.#serves())) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${this.#said}`);
      if (performance.now() - begun > readyWithin) throw new Error(`it does not serve: ${this.#said}`);
      await pause(20);
    }
    return performance.now() - begun;
  }

  /** Everything at once: the program, PostgreSQL and each of its processes. */
  async cutPower(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null) throw new Error(`it has ended by itself: ${this.#said}`);
    await cutPower(child, this.#directory);
  }

  /** What its database has now, as the owner of the tables sees it. */
  rows<T extends object>(sql: string): Promise<T[]> {
    return rowsOf<T>(this.#directory, sql);
  }

  /** Runs another command on its data. */
  run(...args: string[]): Promise<Ended> {
    return this.bare(...args, '--data', this.data);
  }

  /** What `verify` says of an export, as JSON. */
  verify(file: string): Promise<Ended> {
    return this.bare('verify', file, '--json');
  }

  /** Runs another command, with its settings. */
  async bare(...args: string[]): Promise<Ended> {
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...environment, ...this.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  async stop(): Promise<void> {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await ended;
    }
  }

  /** Stops it, and removes everything that it has made. */
  async discard(): Promise<void> {
    await this.stop();
    if (existsSync(this.#directory.postgresFile)) await stopWhatIsLeft(this.cluster);
    discardDataDirectory(this.#directory);
    rmSync(this.#directory.backupFolder, { recursive: true, force: true });
  }

  /** PostgreSQL's own folder. */
  get cluster(): string {
    return clusterOf(this.#directory);
  }

  async #serves(): Promise<boolean> {
    const answer = await fetch(`${this.address}/health/ready`).catch(() => undefined);
    await answer?.text();
    return answer?.ok === true;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
