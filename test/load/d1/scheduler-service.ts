import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { KafkaSettings } from '@yizhan/event-log';
import { newSigningKey, publicKeyOf } from '@yizhan/identity';
import type { Connection } from '@yizhan/persistence';
import { databaseUrlOf } from '@yizhan/process';
import { environmentWith } from '../../../apps/yizhan/src/cluster/cluster.config.js';
import type { ChildSettings } from '../ground/child.js';
import { alsoWhenBrokenOff } from '../ground/ending.js';
import { tell } from '../ground/figures.js';
import type { ServiceUnderTest, Usage, Worker } from './worker.js';

const main = fileURLToPath(new URL('../../../programs/scheduler.mjs', import.meta.url));

/** The scheduler as it runs in production, each process on an address of its own. */
export async function schedulerService(
  kafka: KafkaSettings,
  connection: Connection,
  { profiles }: ChildSettings,
): Promise<ServiceUnderTest & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-bench-keys-'));
  const keys = join(folder, 'token-keys.json');
  await writeFile(keys, JSON.stringify({ keys: [publicKeyOf(await newSigningKey())] }));
  const environment = environmentWith({
    YIZHAN_DATABASE_URL: databaseUrlOf(connection),
    YIZHAN_HTTP_PORT: '0',
    YIZHAN_TOKEN_KEYS_FILE: keys,
    // kafkajs tells of every change of the group as of a fault, once for each partition.
    YIZHAN_LOG_LEVEL: 'silent',
    KAFKA_BROKERS: kafka.brokers.join(','),
    YIZHAN_KAFKA_TOPIC: kafka.topic,
    YIZHAN_KAFKA_PARTITIONS: String(kafka.partitions),
    YIZHAN_KAFKA_REPLICATION: String(kafka.replicationFactor),
    YIZHAN_KAFKA_MIN_IN_SYNC: String(kafka.minInSyncReplicas),
  });
  const execArgv = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  return {
    group: 'scheduler',
    start: async (number) => {
      const child = spawn(process.execPath, [...execArgv, main], {
        env: { ...environment, YIZHAN_INSTANCE: `bench-${number}` },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const end = (): boolean => child.kill('SIGKILL');
      process.once('exit', end);
      child.once('exit', () => process.off('exit', end));
      return workerOf(child, await addressOf(child));
    },
    close: alsoWhenBrokenOff(() => rm(folder, { recursive: true })),
  };
}

/** What the process says on its first line. */
async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the process has no stdout');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const { ready, address } = JSON.parse(line) as { ready?: boolean; address?: string };
    if (ready && address) return address;
  }
  throw new Error('a scheduler has ended before it was ready; its own message stands above');
}

function workerOf(child: ChildProcess, address: string): Worker {
  return {
    usage: async () => usageIn(await (await fetch(`${address}/metrics`)).text()),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      if (code !== 0) tell(`a scheduler has ended with exit code ${String(code)}`);
    },
  };
}

/** Reads Prometheus's text format. */
function usageIn(text: string): Usage {
  const sum = (name: string): number =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
  return {
    cpuMicroseconds: sum('process_cpu_seconds_total') * 1_000_000,
    handled: sum('yizhan_events_handled_total'),
  };
}
