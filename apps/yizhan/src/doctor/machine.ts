import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SystemClock, toIso } from '@yizhan/kernel';
import { type Check, fail, type Finding, ok, warn } from './check.js';

export const nodeVersion: Check = {
  name: 'node',
  title: { en: 'Node.js', zh: 'Node.js 版本' },
  look: () => judgeNodeVersion(process.versions.node),
};

/** The range of `engines` in package.json. */
export function judgeNodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isFit = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  const mend = 'Install Node 20.19, 22.12 or newer; 20, 22 and 24 are tested.';
  if (!isFit) return fail(`${version} is too old`, mend);
  return [20, 22, 24].includes(major) ? ok(version) : warn(`${version} is not tested`, mend);
}

const gigabyte = 1e9;

export const diskSpace: Check = {
  name: 'disk',
  title: { en: 'Disk space', zh: '磁盘空间' },
  look: ({ directory, configuration: { reserveBytes } }) => {
    const { bavail, bsize } = statfsSync(nearestFolder(directory.path));
    return judgeDiskSpace(bavail * bsize, reserveBytes);
  },
};

/**
 * A year of a busy area is some 30 GB; PostgreSQL's own log may take 2 GB.
 * @param bytes that are free. @param reserveBytes below which nothing is recorded.
 */
export function judgeDiskSpace(bytes: number, reserveBytes: number): Finding {
  const says = `${(bytes / gigabyte).toFixed(1)} GB free`;
  const mend = 'Free some space, or name a folder on a larger disk with --data.';
  if (bytes < reserveBytes) {
    return fail(
      `${says}, less than the ${(reserveBytes / gigabyte).toFixed(1)} GB that are kept: nothing is recorded`,
      mend,
    );
  }
  if (bytes < 0.5 * gigabyte) return fail(says, mend);
  return bytes < 5 * gigabyte ? warn(says, mend) : ok(says);
}

const earliestSensible = Date.parse('2026-01-01T00:00:00Z');
const slack = 60_000;

export const clockSanity: Check = {
  name: 'clock',
  title: { en: 'Clock', zh: '系统时钟' },
  look: ({ directory }) => {
    const lastWrite = existsSync(directory.postgresLog) ? statSync(directory.postgresLog).mtimeMs : 0;
    return judgeClock(new SystemClock().now(), lastWrite);
  },
};

export function judgeClock(now: number, lastWrite: number): Finding {
  const mend = 'Set the clock of this machine, and keep it right with NTP (chrony or systemd-timesyncd).';
  if (now < earliestSensible) return fail(`it says ${toIso(now)}, which is long past`, mend);
  if (now < lastWrite - slack) {
    return fail(
      `it says ${toIso(now)}, and Yizhan last wrote at ${toIso(Math.floor(lastWrite))}: it has gone back`,
      mend,
    );
  }
  return ok(toIso(now));
}

export const javaForKafka: Check = {
  name: 'java',
  title: { en: 'Java (for Kafka only)', zh: 'Java（仅 Kafka 需要）' },
  look: () => {
    const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
    if (status === 0) return ok(stderr.split('\n')[0] ?? 'found');
    return ok('not found; only "start:kafka" without brokers of your own needs a Java 17 or newer');
  },
};

export function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}
