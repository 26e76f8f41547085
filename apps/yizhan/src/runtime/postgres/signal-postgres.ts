import { spawnSync } from 'node:child_process';
import { executable, findPostgresBinaries } from './postgres-binaries.js';

/** `SIGINT` ends it in order; `SIGQUIT` at once, which the next start repairs. @throws Error where the process is gone. */
export type StopSignal = 'SIGINT' | 'SIGQUIT';

/** Windows has no signals, and would end the master alone, as a power cut does: there PostgreSQL's own program gives its own. */
export function signalPostgres(pid: number, signal: StopSignal): void {
  if (process.platform === 'win32' && giveOwn(pid, signal)) return;
  process.kill(pid, signal);
}

/** @returns whether it was given. */
function giveOwn(pid: number, signal: StopSignal): boolean {
  const program = executable(findPostgresBinaries().folder, 'pg_ctl');
  return spawnSync(program, killArguments(pid, signal), { stdio: 'ignore', windowsHide: true }).status === 0;
}

/** As `pg_ctl` takes them. */
export const killArguments = (pid: number, signal: StopSignal): string[] => [
  'kill',
  signal.replace('SIG', ''),
  String(pid),
];
