import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('outlive-parent.mjs', import.meta.url));

/** Sees to it that nothing outlives this process, even one that is ended with SIGKILL. */
export class EndWithParent {
  // In a session of its own: Ctrl-C in a terminal, and a kill of the whole process group, leave it at work.
  readonly #watcher = spawn(process.execPath, [program], { stdio: ['pipe', 'ignore', 'inherit'], detached: true });

  /** The folder is removed at the end. Ahead of its creation, so that no moment is left in which it would stay behind. */
  remove(folder: string): void {
    this.#tell(`folder ${folder}`);
  }

  /** The process is killed at the end unless it has gone before. */
  kill(child: ChildProcess): void {
    if (child.pid === undefined) return;
    this.#tell(`+${child.pid}`);
    child.once('exit', () => this.#tell(`-${child.pid}`));
  }

  /** Kills and removes now. */
  async end(): Promise<void> {
    if (this.#watcher.exitCode !== null || this.#watcher.signalCode !== null) return;
    this.#watcher.stdin.end();
    await once(this.#watcher, 'exit');
  }

  #tell(line: string): void {
    if (this.#watcher.stdin.writable) this.#watcher.stdin.write(`${line}\n`);
  }
}
