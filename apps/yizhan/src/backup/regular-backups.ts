import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import type { Clock } from '@yizhan/kernel';
import { messageOf } from '@yizhan/process';
import { readTerminal } from '../runtime/config.js';
import type { DataDirectory } from '../runtime/data/data-directory.js';
import { backupsIn } from './backup-folder.js';
import { checkedAt } from './checked.js';
import { keystoreCopiesIn } from './keystore-backup.js';

export interface RegularSettings {
  readonly directory: DataDirectory;
  /** Where backups of the database go. */
  readonly target: string;
  /** Between two of them; 0 for none. */
  readonly everyMinutes: number;
  /** Where copies of the keystore go, once a day. */
  readonly keystoreTarget: string | undefined;
  readonly clock: Clock;
  /** The program that this process runs: it is run again beside it, as a command. */
  readonly script: string;
  readonly tell: (line: string) => void;
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** A start has better things to do, and whoever only tries something out is gone by then. */
const firstAfter = 5 * minute;
const lowPriority = 10;
/** A stick that is not there is not there a minute later either. */
const againAfter = 10 * minute;

/** Makes backups beside the work, in a process of their own that gives way to it. */
export class RegularBackups {
  #timer: NodeJS.Timeout | undefined;
  #child: ChildProcess | undefined;
  /** Of the last failure in a row, which is told once. */
  #told = '';
  #notBefore = this.settings.clock.now() + firstAfter;
  #isStopping = false;

  constructor(private readonly settings: RegularSettings) {}

  start(): void {
    this.#timer = setInterval(() => void this.look(), minute);
    this.#timer.unref();
  }

  /** Ends the one that is under way; one of the next removes what it leaves. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** Makes what is due. */
  async look(): Promise<void> {
    if (this.#child || this.#isStopping) return;
    try {
      const due = this.due();
      if (due !== undefined) await this.#run(due);
    } catch (error) {
      this.#failed(messageOf(error));
    } finally {
      this.#child = undefined;
    }
  }

  /** Arguments of the command `backup` that is due now, or nothing. */
  due(): readonly string[] | undefined {
    const { clock, directory, target, everyMinutes, keystoreTarget } = this.settings;
    const now = clock.now();
    if (now < this.#notBefore) return undefined;
    const { id } = directory.readSecrets();
    const backups = backupsIn(target, id);
    if (everyMinutes > 0 && isPast(backups[0]?.at, everyMinutes * minute, now)) {
      const newestCheck = Math.max(0, ...backups.map(({ folder }) => checkedAt(folder) ?? 0));
      return ['--to', target, ...(now - newestCheck >= day ? ['--check'] : [])];
    }
    if (keystoreTarget !== undefined && isPast(keystoreCopiesIn(keystoreTarget, id)[0]?.at, day, now)) {
      return ['--keystore', '--to', keystoreTarget];
    }
    return undefined;
  }

  async #run(args: readonly string[]): Promise<void> {
    const { script, directory, tell } = this.settings;
    const child = spawn(process.execPath, [script, 'backup', '--data', directory.path, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    if (child.pid !== undefined) setPriority(child.pid, lowPriority);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    const lines = said
      .trim()
      .split('\n')
      .map((line) => line.replace(/^yizhan: /, '').trim());
    if (code === 0) {
      this.#told = '';
      for (const line of lines.filter((each) => each.includes('backup-key'))) tell(line);
    } else if (!this.#isStopping) this.#failed(lines.join(' '));
  }

  #failed(why: string): void {
    const { clock, tell } = this.settings;
    this.#notBefore = clock.now() + againAfter;
    if (this.#told === why) return;
    this.#told = why;
    tell(readTerminal().language === 'zh' ? `未能备份：${why}` : `no backup was made: ${why}`);
  }
}

/** A clock that was set back does not keep a backup from being made. */
const isPast = (last: number | undefined, every: number, now: number): boolean =>
  last === undefined || now - last >= every || last > now + every;
