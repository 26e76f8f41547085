import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { basename } from 'node:path';

/** What the kernel says of a process beside its number, which is used again after its end. */
interface KernelView {
  readonly state: string;
  readonly startedAt: string;
}

function kernelView(pid: number): KernelView | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** Tells this run of a process number from a later one; empty where the system does not say. */
export function startMark(pid: number): string {
  return kernelView(pid)?.startedAt ?? '';
}

/** Whether a process runs, and is the one with this start mark where one is given. A zombie does not run. */
export function isRunning(pid: number, mark = ''): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const view = kernelView(pid);
  if (!view) return true;
  return view.state !== 'Z' && view.state !== 'X' && (mark === '' || mark === view.startedAt);
}

/** Whether a process runs the same program as this one; also where the system does not say. */
export function isOurProgram(pid: number): boolean {
  const program = windowsProgramOf(pid);
  return program === undefined || program === basename(process.execPath).toLowerCase();
}

/** Name of the file that a process runs, such as `node.exe`: Windows says no more of it. Undefined on every other system. */
function windowsProgramOf(pid: number): string | undefined {
  if (process.platform !== 'win32') return undefined;
  const args = ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'];
  const { stdout } = spawnSync('tasklist', args, { encoding: 'utf8', windowsHide: true });
  return programIn(stdout ?? '');
}

/** What `tasklist` names in its line of CSV; where there is no such process it says so in a language of its own. */
export const programIn = (line: string): string | undefined => /^\s*"([^"]+)"/.exec(line)?.[1]?.toLowerCase();

/** Whether a process has ended, and its parent has not asked for it yet: to other programs it is still there. */
export function isZombie(pid: number): boolean {
  return kernelView(pid)?.state === 'Z';
}

/**
 * Whether a process is the PostgreSQL that works in `cluster`: it stands in that folder, or names it on its command line. On
 * Windows any PostgreSQL counts: its number was read from a file in that folder.
 */
export function isPostgresOf(cluster: string, pid: number): boolean {
  if (process.platform === 'win32') return windowsProgramOf(pid) === 'postgres.exe';
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    // No /proc on this system, or not for us to read.
  }
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('postgres') && command.includes(cluster);
  } catch {
    return false;
  }
}
