import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { environmentFault } from '@yizhan/process';

/** A user of this system, by number. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Who PostgreSQL runs as: this user, or, as it refuses to run as root, `postgres`, who is created where missing.
 * @returns undefined for this user.
 */
export function postgresAccount(): Account | undefined {
  if (!isRoot()) return undefined;
  const account = accountOf('postgres') ?? createAccount('postgres') ?? accountOf('nobody');
  if (account) return account;
  throw environmentFault(
    'PostgreSQL does not run as root, and there is no user "postgres" to run it as',
    'Create one with "useradd --system postgres", or start Yizhan as an ordinary user.',
  );
}

/** As root, whoever has made this folder runs what lies in it. @returns undefined for this user, and where it is root's. */
export function ownerOf(folder: string): Account | undefined {
  if (!isRoot() || !existsSync(folder)) return undefined;
  const { uid, gid } = statSync(folder);
  if (uid === 0) return undefined;
  const { stdout } = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return { uid, gid, name: stdout.trim() || String(uid) };
}

function accountOf(name: string): Account | undefined {
  const { status, stdout } = spawnSync('id', [name], { encoding: 'utf8' });
  const [, uid, gid] = status === 0 ? (/uid=(\d+).*?gid=(\d+)/.exec(stdout) ?? []) : [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid), name } : undefined;
}

function createAccount(name: string): Account | undefined {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  return accountOf(name);
}

/** Whether that user can do this; the folder that we stand in may be closed to him. */
export function succeedsAs(account: Account | undefined, command: string, args: readonly string[]): boolean {
  const who = account && { uid: account.uid, gid: account.gid };
  return spawnSync(command, args, { ...who, cwd: '/', stdio: 'ignore' }).status === 0;
}
