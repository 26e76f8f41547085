import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a running PostgreSQL writes down about itself in its data directory. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Seconds since 1970. */
  readonly startedAt: number;
  /** `starting`, `ready`, `stopping`, or empty when it has only just begun. */
  readonly status: string;
}

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');

/** The PostgreSQL that runs, or was killed, in this cluster. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    return { pid, port: Number(lines[3] ?? 0), startedAt: Number(lines[2] ?? 0), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/** Only where the process that it names is known to be another program: PostgreSQL itself would refuse to start. */
export function removePostmasterFile(cluster: string): void {
  rmSync(pidFile(cluster), { force: true });
}

/** The command line of the last start, as PostgreSQL keeps it. */
export function readStartCommand(cluster: string): string {
  try {
    return readFileSync(join(cluster, 'postmaster.opts'), 'utf8').trim();
  } catch {
    return '';
  }
}

export const startCommand = (program: string, args: readonly string[]): string =>
  [program, ...args.map((each) => `"${each}"`)].join(' ');
