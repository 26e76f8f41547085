import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';
import { discardDataDirectory } from '../../apps/yizhan/src/runtime/data/discard.js';

const root = resolve(__dirname, '../..');
const main = join(root, 'dist/programs/yizhan.mjs');

/** What a start says of the local network. */
export interface StartedLan {
  /** Of the console, over HTTPS. */
  readonly address: string;
  /** Of the page by which a tablet trusts the PC, over HTTP. */
  readonly trust: string;
  readonly fingerprint: string;
}

/** What a start says once it is ready. */
interface Ready {
  readonly address: string;
  readonly claim?: string;
  readonly lan?: StartedLan;
}

/** The built product in a process of its own, on a free port and a data directory that goes with it. */
export class StartedProduct {
  readonly #process: ChildProcess;

  private constructor(
    /** Its data directory. */
    readonly data: string,
    child: ChildProcess,
    private readonly ready: Ready,
    readonly said: () => string,
  ) {
    this.#process = child;
  }

  /** @param args of the command `start`. */
  static with(...args: readonly string[]): Promise<StartedProduct> {
    return StartedProduct.on(join(tmpdir(), `yizhan-started-${randomUUID()}`), args);
  }

  /** On a data directory that may have been there before. */
  static async on(
    data: string,
    args: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<StartedProduct> {
    return StartedProduct.#start(data, [...args, '--data', data], { environment });
  }

  /** As in a fresh clone: in a folder that is empty, with nothing said of data. @param args such as `--empty`. */
  static firstIn(folder: string, args: readonly string[] = []): Promise<StartedProduct> {
    const data = join(folder, args.includes('--empty') ? '.yizhan' : '.yizhan-demo/data');
    return StartedProduct.#start(data, args, { cwd: folder });
  }

  static async #start(
    data: string,
    args: readonly string[],
    { cwd, environment }: { readonly cwd?: string; readonly environment?: Readonly<Record<string, string>> },
  ): Promise<StartedProduct> {
    const child = spawn(process.execPath, [main, 'start', ...args, '--port', '0', '--json'], {
      env: { ...cleanEnvironment, ...environment },
      ...(cwd !== undefined && { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const line = await Promise.race([
      once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text)),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}: ${said}`))),
    ]).catch((error: unknown) => {
      discardDataDirectory(new DataDirectory(data));
      throw error;
    });
    return new StartedProduct(data, child, JSON.parse(line) as Ready, () => said);
  }

  get address(): string {
    return this.ready.address;
  }

  /** The link of the first start, by which its first administrator is made. */
  get claim(): string | undefined {
    return this.ready.claim;
  }

  /** Where tablets find it, where it was started with `--lan`. */
  get lan(): StartedLan | undefined {
    return this.ready.lan;
  }

  /** Runs a bash script in the folder of the repository, as a reader of the documents does. */
  async runBash(script: string, environment: Readonly<Record<string, string>> = {}) {
    const shell = spawn('bash', ['-c', script], {
      cwd: root,
      env: { ...cleanEnvironment, YIZHAN_DATA_DIRECTORY: this.data, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(shell, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  /** Ends the process; its data directory stays. */
  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGTERM');
      await once(this.#process, 'exit');
    }
  }

  async stop(): Promise<void> {
    await this.end();
    discardDataDirectory(new DataDirectory(this.data));
  }
}

/** English, without colours, and without the PostgreSQL of the tests: the product brings its own. */
const cleanEnvironment = { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '' };
