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

/** The built product, on the scenario of Yiwu unless told otherwise, in a process and on a data folder of its own, with its first administrator. */
export class BenchProduct {
  readonly api: Api;

  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    readonly address: string,
    private readonly opened: Session,
  ) {
    this.api = connect(address, opened.token);
  }

  get token(): string {
    return this.opened.token;
  }

  /** As the console keeps it in the storage of the browser. */
  get session(): string {
    return JSON.stringify(this.opened);
  }

  /** @param opens what it starts with. */
  static async start(
    data: string = tmpdir(),
    opens: readonly string[] = ['--scenario', 'yiwu'],
  ): Promise<BenchProduct> {
    const folder = mkdtempSync(join(data, 'yizhan-bench-board-'));
    const args = ['start', ...opens, '--data', join(folder, 'data'), '--port', '0', '--json'];
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the product ended with ${code}`)));
    const line = await Promise.race([
      once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text)),
      ended,
    ]);
    ended.catch(() => undefined);
    const { address, claim = '' } = JSON.parse(line) as { address: string; claim?: string };
    const body = { token: claim.split('#token=')[1] ?? '', accountId: 'administrator:bench', password };
    const { accountId, token, refreshToken, expiresInSeconds } = await connect(address).sessions.claim({ body });
    const endsAt = Date.now() + expiresInSeconds * 1_000;
    return new BenchProduct(child, folder, address, { accountId, token, refreshToken, endsAt });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    discardDataDirectory(new DataDirectory(join(this.folder, 'data')));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
