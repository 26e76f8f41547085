import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface Question {
  readonly number: number;
  readonly question: string;
  readonly argument: unknown;
}

interface Answer {
  readonly number: number;
  readonly value?: unknown;
  readonly fault?: string;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface ChildSettings {
  /** Where its CPU profile is written, where one is wanted. */
  readonly profiles?: string | undefined;
}

/** A process of its own to measure in, that answers questions. What ends this process ends it too. */
export class Child {
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ number, value, fault }: Answer) => {
      const waiting = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (fault === undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(fault));
    });
    child.on('exit', (code) => {
      const error = new Error(`a child process has ended (exit ${String(code)}); its own message stands above`);
      for (const { reject } of this.#waiting.values()) reject(error);
    });
  }

  /** @param module a compiled file that calls `answer`: `new URL('./contender.js', import.meta.url)` */
  static async start(module: URL, { profiles }: ChildSettings = {}): Promise<Child> {
    const execArgv = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
    const child = fork(fileURLToPath(module), { execArgv, stdio: ['ignore', 2, 2, 'ipc'] });
    await once(child, 'spawn');
    return new Child(child);
  }

  /** @throws what the child threw, or that it has ended. */
  ask<T>(question: string, argument: object = {}): Promise<T> {
    this.#asked += 1;
    const asked: Question = { number: this.#asked, question, argument };
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(asked.number, { resolve: resolve as Waiting['resolve'], reject });
      this.child.send(asked);
    });
  }

  /** Lets it end by itself. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}

/** The child's side: answers until the parent lets go, then ends. */
export function answer(questions: Readonly<Record<string, (argument: never) => unknown>>): void {
  process.on('message', ({ number, question, argument }: Question) => {
    const answering = Promise.resolve().then(() => questions[question]?.(argument as never));
    answering.then(
      (value) => process.send?.({ number, value } satisfies Answer),
      (error: unknown) => {
        const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.send?.({ number, fault } satisfies Answer);
      },
    );
  });
  // With exit, or the sockets of what it measures would keep it.
  process.on('disconnect', () => process.exit(0));
}
