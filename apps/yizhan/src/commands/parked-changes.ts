import { userInfo } from 'node:os';
import type { Released } from '@yizhan/event-log';
import { SystemClock } from '@yizhan/kernel';
import { badInput, exitCodes, type ExitCode } from '@yizhan/process';
import type { CommandOptions } from './command-options.js';
import { atGroup, type GroupStore, readPosition } from './parked-groups.js';
import { inLanguage, print, printJson } from './screen.js';

export interface ReleaseOptions extends CommandOptions {
  readonly position?: string;
  readonly subject?: string;
  readonly all?: boolean;
  readonly type?: string;
  readonly error?: string;
}

export interface DiscardOptions extends CommandOptions {
  readonly reason: string;
  readonly by?: string;
}

type Release = (store: GroupStore) => Promise<Released>;

/** Lets one subject, or all that match, be tried again from its first parked event on. */
export async function releaseParked(
  group: string,
  subject: string | undefined,
  options: ReleaseOptions,
): Promise<ExitCode> {
  const release = releaseOf(group, subject, options);
  const released = await atGroup(options, group, release);
  const { subjects, events } = released;
  if (events === 0)
    throw badInput(`nothing like that is parked by ${group}`, '"npx yizhan parked list" shows what is.');
  if (options.json) printJson({ group, subjects, events });
  else
    print(
      inLanguage({
        en: `released ${counted(events, 'event')} of ${counted(subjects, 'subject')}`,
        zh: `已放行 ${subjects} 个对象的 ${events} 个事件`,
      }),
    );
  return exitCodes.ok;
}

/** Leaves the first parked event of its subject out; the later ones go on by themselves. */
export async function discardParked(group: string, text: string, options: DiscardOptions): Promise<ExitCode> {
  const position = readPosition(text);
  const reason = options.reason.trim();
  if (reason === '') throw badInput('--reason says nothing', 'Write why the event may be left out.');
  const discard = { reason, by: `cli:${options.by?.trim() || userOfMachine()}`, at: new SystemClock().now() };
  const { document, ...event } = await atGroup(options, group, ({ discarded }) =>
    discarded.discard(group, position, discard),
  );
  if (options.json) printJson({ ...event, event: JSON.parse(document) as object });
  else
    print(
      inLanguage({
        en: `discarded event ${position} of ${event.subject}; the later ones go on`,
        zh: `已剔除 ${event.subject} 的事件 ${position}，其后的事件继续处理`,
      }),
    );
  return exitCodes.ok;
}

/** @throws Fault where it is not said, or said twice, what is to be released. */
function releaseOf(group: string, argument: string | undefined, options: ReleaseOptions): Release {
  const { position, all, type, error } = options;
  const subject = options.subject ?? argument;
  const ways = [position, options.subject, argument, all].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw badInput('say once what to release', 'Give --position N, --subject S or --all.');
  }
  if (all !== true && (type !== undefined || error !== undefined)) {
    throw badInput('--type and --error go with --all', 'See "npx yizhan parked release --help".');
  }
  if (position !== undefined) {
    const number = readPosition(position);
    return ({ parked }) => parked.releaseOne(group, number);
  }
  if (subject === undefined) return ({ parked }) => parked.releaseAll(group, { type, error });
  return async ({ parked }) => ({ subjects: 1, events: await parked.release(group, subject) });
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** A container may run as a user that has no name. */
function userOfMachine(): string {
  try {
    return userInfo().username;
  } catch (error) {
    throw badInput(`this user has no name: ${String(error)}`, 'Say with --by who decides.');
  }
}
