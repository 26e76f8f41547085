import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownerRole } from '@yizhan/persistence';
import { systemCode } from '@yizhan/process';
import { Client } from 'pg';
import type { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';
import { runningServer } from '../../apps/yizhan/src/runtime/postgres/open-database.js';
import { percentile } from '../load/ground/figures.js';

/** PostgreSQL's own folder. */
export function clusterOf(directory: DataDirectory): string {
  return (JSON.parse(readFileSync(directory.postgresFile, 'utf8')) as { cluster: string }).cluster;
}

/** What the database of a running program has now, as the owner of the tables sees it. */
export async function rowsOf<T extends object>(directory: DataDirectory, sql: string): Promise<T[]> {
  const client = new Client(runningServer(directory).as(ownerRole));
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Everything at once: a program, its PostgreSQL and each of PostgreSQL's processes.
 * @throws where the program has ended by itself
 */
export async function cutPower(program: ChildProcess, directory: DataDirectory): Promise<void> {
  if (!program.pid || program.exitCode !== null) throw new Error('it has ended by itself');
  const ended = once(program, 'exit');
  const all = [program.pid, ...postgresProcesses(clusterOf(directory))];
  for (const pid of all) kill(pid);
  await ended;
  // A process that was being made meanwhile; without its master it ends by itself, and the next start waits for that.
  for (const pid of all) while (isAlive(pid)) await pause(5);
}

function postgresProcesses(cluster: string): number[] {
  const master = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const children = readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').trim();
  return [master, ...children.split(' ').filter(Boolean).map(Number)];
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // One of PostgreSQL's that had just ended.
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

/** A zombie has ended. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The same moments every time, milliseconds (a linear congruential generator, Numerical Recipes). */
export function* moments(seed: number, from: number, to: number): Generator<number> {
  for (let state = seed; ; state = (1_664_525 * state + 1_013_904_223) % 2 ** 32) {
    yield from + (state / 2 ** 32) * (to - from);
  }
}

/** @param times milliseconds until something served again. */
export function outages(times: readonly number[]): string {
  const [median, p95, worst] = [0.5, 0.95, 1].map((share) => Math.round(percentile(times, share)));
  return `served again after ${median} ms (median), ${p95} ms (p95), ${worst} ms at worst`;
}
