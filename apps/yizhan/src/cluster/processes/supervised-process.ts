import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { environmentFault, messageOf } from '@yizhan/process';
import { endWithUs } from './end-with-us.js';

export interface ProcessSettings<Ready> {
  /** Such as `station-2`; stands before each line that it writes. */
  readonly name: string;
  /** Script for Node. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Its whole environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** Reads the line on stdout by which it says that it is ready; undefined for every other line. */
  readonly readReady: (line: string) => Ready | undefined;
  /** Milliseconds after which a start that says nothing has failed; 2 minutes where it is missing. */
  readonly readyWithin?: number;
  readonly tell: (line: string) => void;
}

/** How a process has ended: by itself, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface ProcessEvents<Ready> {
  ready: [ready: Ready];
  exit: [exit: Exit];
}

const usualReadyWithin = 120_000;
/** Its own hard exit comes at 25 s. */
const killAfter = 28_000;
const firstWait = 250;
const longestWait = 5_000;
/** Who has lived for so long has not died of its start. */
const longLife = 10_000;

/** One run of the program, from its start to its end. */
interface Life<Ready> {
  /** Rejects where it ends before it is ready. */
  readonly ready: Promise<Ready>;
  readonly ended: Promise<Exit & { readonly livedFor: number }>;
}

/**
 * A Node process that is started again whenever it ends by itself, soon, or where it does so again and again, later. It
 * runs in a session of its own, so that Ctrl-C in a terminal reaches us alone, and ends with us.
 */
export class SupervisedProcess<Ready = unknown> extends EventEmitter<ProcessEvents<Ready>> {
  #child: ChildProcess | undefined;
  #ready: Ready | undefined;
  #restarts = 0;
  /** Aborted when it is told to stop. */
  #wanted = new AbortController();

  constructor(private readonly settings: ProcessSettings<Ready>) {
    super();
  }

  get name(): string {
    return this.settings.name;
  }

  /** Of the one that runs now. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What it has said when it was ready; undefined while it is not, or is told to stop. */
  get ready(): Ready | undefined {
    return this.#ready;
  }

  /** How often it was started again after it had ended by itself. */
  get restarts(): number {
    return this.#restarts;
  }

  /** @returns what it says when it is ready. @throws Fault where it ends before; it is not started again then. */
  async start(): Promise<Ready> {
    this.#wanted = new AbortController();
    const { signal } = this.#wanted;
    const life = this.#launch();
    const ready = await life.ready;
    void this.#supervise(life, signal);
    return ready;
  }

  /** Lets it finish what is under way; hard after 28 s. */
  async stop(): Promise<void> {
    this.#wanted.abort();
    this.#ready = undefined;
    const child = this.#child;
    if (!child) return;
    const ended = once(child, 'exit');
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfter);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  }

  /** As a rolling restart does: lets it finish, and starts it again at once. */
  async restart(): Promise<Ready> {
    await this.stop();
    return this.start();
  }

  /** For drills: as if somebody else had sent the signal. Where it ends of it, it is started again. */
  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async #supervise(first: Life<Ready>, stopped: AbortSignal): Promise<void> {
    let wait = firstWait;
    for (let life = first; ; life = this.#launch()) {
      // A start that has failed is told with its end.
      life.ready.catch(() => undefined);
      const { livedFor, ...exit } = await life.ended;
      if (stopped.aborted) return;
      if (livedFor >= longLife) wait = firstWait;
      this.settings.tell(`${this.name} has ended (${describe(exit)}): starting it again in ${wait} ms`);
      await pause(wait, undefined, { signal: stopped, ref: false }).catch(() => undefined);
      if (stopped.aborted) return;
      wait = Math.min(wait * 2, longestWait);
      this.#restarts += 1;
    }
  }

  #launch(): Life<Ready> {
    const { name, script, args = [], environment, readyWithin = usualReadyWithin } = this.settings;
    const child = spawn(process.execPath, [script, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
    });
    endWithUs(child);
    this.#child = child;
    const begun = performance.now();
    const ended = new Promise<Exit & { livedFor: number }>((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null): void => {
        this.#child = undefined;
        this.#ready = undefined;
        this.emit('exit', { code, signal });
        resolve({ code, signal, livedFor: performance.now() - begun });
      };
      child.once('exit', end);
      // One that never began never exits.
      child.on('error', () => child.pid === undefined && end(null, null));
    });
    const ready = new Promise<Ready>((resolve, reject) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), readyWithin);
      this.#passOn(child.stderr);
      this.#passOn(child.stdout, (said) => {
        clearTimeout(timer);
        this.#ready = said;
        this.emit('ready', said);
        resolve(said);
      });
      child.on('error', (error) => reject(environmentFault(`${name} could not be started: ${messageOf(error)}`)));
      // Not at its exit: what it has said last is still on its way then.
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        const how = describe({ code, signal });
        reject(environmentFault(`${name} has ended before it was ready (${how})`, 'Its own lines above say why.'));
      });
    });
    return { ready, ended };
  }

  /** There is no stream where there is no process. */
  #passOn(stream: Readable | null, onReady?: (ready: Ready) => void): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      const ready = onReady && this.settings.readReady(line);
      if (ready === undefined) this.settings.tell(`${this.name}: ${line}`);
      else onReady?.(ready);
    });
  }
}

const describe = ({ code, signal }: Exit): string => signal ?? `exit code ${code}`;
