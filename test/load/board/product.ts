import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '@yizhan/client';
import { DataDirectory } from '../../../apps/yizhan/src/runtime/data/data-directory.js';
import { discardDataDirectory } from '../../../apps/yizhan/src/runtime/data/discard.js';

const main = fileURLToPath(new URL('../../../programs/yizhan.mjs', import.meta.url));
const password = 'correct horse battery';

export type Api = ReturnType<typeof connect>;

interface Session {
  readonly accountId: string;
  readonly token: string;
  readonly refreshToken: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
}

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  /** The link by which the first administrator is made, where there is none yet. */
  readonly claim?: string;
}

/** The built product, on the scenario of Yiwu unless told otherwise, in a process and on a data folder of its own, with its first administrator. */
export class BenchProduct {
  #api: Api;

  private constructor(
    private started: Started,
    readonly folder: string,
    private readonly opened: Session,
  ) {
    this.#api = connect(started.address, opened.token);
  }

  get address(): string {
    return this.started.address;
  }

  get api(): Api {
    return this.#api;
  }

  get token(): string {
    return this.opened.token;
  }

  get directory(): DataDirectory {
    return new DataDirectory(join(this.folder, 'data'));
  }

  /** As the console keeps it in the storage of the browser. */
  get session(): string {
    return JSON.stringify(this.opened);
  }

  /** @param opens what it starts with. @param settings environment variables besides those of this process. */
  static async start(
    data: string = tmpdir(),
    opens: readonly string[] = ['--scenario', 'yiwu'],
    settings: Readonly<Record<string, string>> = {},
  ): Promise<BenchProduct> {
    const folder = mkdtempSync(join(data, 'yizhan-bench-board-'));
    const started = await startOn(folder, opens, settings);
    const { address, claim = '' } = started;
    const body = { token: claim.split('#token=')[1] ?? '', accountId: 'administrator:bench', password };
    const { accountId, token, refreshToken, expiresInSeconds } = await connect(address).sessions.claim({ body });
    const endsAt = Date.now() + expiresInSeconds * 1_000;
    return new BenchProduct(started, folder, { accountId, token, refreshToken, endsAt });
  }

  /** Ends the program, and starts it on the same data, at another address. */
  async restart(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#end();
    this.started = await startOn(this.folder, [], settings);
    this.#api = connect(this.address, this.opened.token);
  }

  async stop(): Promise<void> {
    await this.#end();
    discardDataDirectory(this.directory);
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    const { child } = this.started;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
}

async function startOn(
  folder: string,
  opens: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<Started> {
  const args = ['start', ...opens, '--data', join(folder, 'data'), '--port', '0', '--json'];
  const env = { ...process.env, ...settings };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the product ended with ${code}`)));
  const line = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text)),
    ended,
  ]);
  ended.catch(() => undefined);
  const { address, claim } = JSON.parse(line) as { readonly address: string; readonly claim?: string };
  return { child, address, ...(claim !== undefined && { claim }) };
}
