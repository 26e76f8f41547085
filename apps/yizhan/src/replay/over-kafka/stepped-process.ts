import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Problem } from '@yizhan/kernel';
import { environmentFault } from '@yizhan/process';
import type { StepAnswer, StepRequest } from '@yizhan/service-process';
import type { RequestAction } from '../people/action.js';
import type { PerformedRequest } from '../perform.js';
import type { PerformedMessage } from './performing.js';

type Step = StepRequest extends infer Each ? (Each extends StepRequest ? Omit<Each, 'id'> : never) : never;
type Settle = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** A service in a process of its own that moves only when it is told to. */
export class SteppedProcess {
  readonly #waiting = new Map<string, Settle>();
  #asked = 0;
  #isStopping = false;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    child.on('message', (message) => this.#settle(message as StepAnswer | PerformedMessage));
    child.once('exit', (code) => {
      const error = new Error(`${name} has ended with ${code ?? 'a signal'}`);
      for (const { reject } of this.#waiting.values()) reject(error);
      if (!this.#isStopping) this.#ended = error;
    });
  }

  #ended: Error | undefined;

  /** @param main file of the process. @throws Fault where it does not become ready; its own words stand on stderr. */
  static async start(
    name: string,
    main: string,
    seed: string,
    environment: NodeJS.ProcessEnv,
  ): Promise<SteppedProcess> {
    const child = fork(main, ['--stepped', '--seed', seed], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const ready = child.stdout ? once(child.stdout, 'data') : Promise.resolve();
    const ended = once(child, 'exit').then(([code]) =>
      Promise.reject(environmentFault(`${name} did not start (exit ${String(code)})`, 'What it said stands above.')),
    );
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
    return new SteppedProcess(name, child);
  }

  async ask<T extends number | boolean | null>(step: Step): Promise<T> {
    const id = (this.#asked += 1);
    return (await this.#send(`step ${id}`, { ...step, id })) as T;
  }

  /** @throws Problem where the station refuses. */
  async perform(action: RequestAction, request: PerformedRequest): Promise<void> {
    const perform = (this.#asked += 1);
    // What a step thinks of stays with the people.
    await this.#send(`perform ${perform}`, { perform, action, request });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }

  #send(key: string, message: object): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.set(key, { resolve, reject });
      this.child.send(message, (error) => {
        if (error) reject(error);
      });
    });
  }

  #settle(answer: StepAnswer | PerformedMessage): void {
    const key = 'id' in answer ? `step ${answer.id}` : `perform ${answer.perform}`;
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (!waiting) return;
    if ('error' in answer) waiting.reject(new Error(`${this.name}: ${answer.error}`));
    else if ('refused' in answer) waiting.reject(problemOf(answer.refused));
    else waiting.resolve('result' in answer ? answer.result : undefined);
  }
}

const problemOf = ({ kind, code, message }: Pick<Problem, 'kind' | 'code' | 'message'>): Problem =>
  new Problem(kind, code, message);
