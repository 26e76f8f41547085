import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { DispatchChildSettings } from './dispatch-child.js';

/** No program of the product: none of those has another clock than the one on the wall. */
const program = resolve(__dirname, '../../dist/test/support/dispatch-child.js');

/** Dispatch in a process of its own, which is killed and started again. */
export class KilledDispatch {
  /** Where it answers; another place after each start. */
  address = '';
  kills = 0;
  /** Whether it is not started again. */
  isOver = false;
  #child: ChildProcess | undefined;
  #said = '';

  /** @param settings `owner` is made another one for each process. */
  constructor(private readonly settings: DispatchChildSettings) {}

  /** Everything that its processes had to complain of. */
  get said(): string {
    return this.#said;
  }

  /** @throws Error where it ends before it answers. */
  async start(): Promise<void> {
    const settings = { ...this.settings, owner: `${this.settings.owner}-${this.kills}` };
    const child = spawn(process.execPath, [program, JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    const line = await Promise.race([
      once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text)),
      once(child, 'exit').then(([code]) =>
        Promise.reject(new Error(`dispatch has ended with ${String(code)}: ${this.#said}`)),
      ),
    ]);
    this.address = line.trim();
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    this.kills += 1;
    await this.#endChild();
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.#endChild();
  }

  async #endChild(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
