import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import type { Clock } from '@yizhan/kernel';
import { messageOf } from '@yizhan/process';
import type { BackupState } from '@yizhan/service-process';
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
  /** Where it is shown whether backups are made. */
  readonly sign?: { backups: BackupState } | undefined;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A start has better things to do, and whoever only tries something out is gone by then. */
const firstAfter = 5 * minute;
const lowPriority = 10;
/** A stick that is not there is not there a minute later either. */
const againAfter = 10 * minute;

/** How old the newest may be, milliseconds. By hand a day is usual; by the clock two that are missing are too many. */
export const allowedAge = (everyMinutes: number): number =>
  everyMinutes === 0 ? day : Math.max(3 * everyMinutes * minute, 3 * hour);

/** Makes backups beside the work, in a process of their own that gives way to it. */
export class RegularBackups {
  #timer: NodeJS.Timeout | undefined;
  #child: ChildProcess | undefined;
  /** Of the last failure in a row, which is told once. */
  #told = '';
  #notBefore = this.settings.clock.now() + firstAfter;
  #isStopping = false;
  /** When the newest was made; where there is none, since when there should be one. */
  #newestAt = this.settings.clock.now();

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
    const wait = this.#notBefore - now;
    // Further off than it was ever put: the clock was set back.
    if (wait > 0 && wait <= againAfter) return undefined;
    const { id } = directory.readSecrets();
    const backups = backupsIn(target, id);
    this.#newestAt = newestOf(backups, now)?.at ?? this.#newestAt;
    if (everyMinutes > 0 && isPast(backups, everyMinutes * minute, now)) {
      const checks = backups.flatMap(({ folder }) => checkedAt(folder) ?? []);
      const newestCheck = Math.max(0, ...checks.filter((at) => at <= now));
      return ['--to', target, ...(now - newestCheck >= day ? ['--check'] : [])];
    }
    if (keystoreTarget !== undefined && isPast(keystoreCopiesIn(keystoreTarget, id), day, now)) {
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
      if (args[0] !== '--keystore') this.#show('ok');
      for (const line of lines.filter((each) => each.includes('backup-key'))) tell(line);
    } else if (!this.#isStopping && !wasStopped(code)) this.#failed(lines.join(' '));
  }

  #failed(why: string): void {
    const { clock, everyMinutes, tell } = this.settings;
    const now = clock.now();
    this.#notBefore = now + againAfter;
    if (everyMinutes > 0 && now - this.#newestAt > allowedAge(everyMinutes)) this.#show('overdue');
    if (this.#told === why) return;
    this.#told = why;
    tell(readTerminal().language === 'zh' ? `备份或其检查未完成：${why}` : `a backup or its check has failed: ${why}`);
  }

  #show(state: BackupState): void {
    const { sign } = this.settings;
    if (sign) sign.backups = state;
  }
}

/** What was made before the clock was set back lies in the future, and does not count. */
const newestOf = <T extends { readonly at: number }>(newestFirst: readonly T[], now: number): T | undefined =>
  newestFirst.find(({ at }) => at <= now);

/** Ctrl-C reaches it before it reaches us. */
const wasStopped = (code: number | null): boolean => code !== null && code > 128;

/** Whether the newest is so old. */
function isPast(newestFirst: readonly { readonly at: number }[], every: number, now: number): boolean {
  const last = newestOf(newestFirst, now);
  return last === undefined || now - last.at >= every;
}
