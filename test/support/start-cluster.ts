import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Claims, TokenSigner } from '@yizhan/identity';
import { openTestKafka } from '@yizhan/testing';
import type { KafkaVariables } from '../../apps/yizhan/src/cluster/cluster.config.js';
import { Cluster, type ClusterOptions } from '../../apps/yizhan/src/cluster/cluster.js';
import { processNames } from '../../apps/yizhan/src/cluster/process-names.js';
import { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';
import { discardDataDirectory } from '../../apps/yizhan/src/runtime/data/discard.js';
import { readSigningKey } from '../../apps/yizhan/src/runtime/data/signing-key.js';

type Settings = Partial<Pick<ClusterOptions, 'processes' | 'alter'>> & {
  /** Of an earlier cluster; a new one where it is missing. Removed at the end. */
  readonly directory?: DataDirectory;
};

/** Every service in processes of its own, on a PostgreSQL of its own and a topic of its own in the Kafka of the test run. */
export interface StartedCluster {
  readonly cluster: Cluster;
  readonly directory: DataDirectory;
  /** What the launcher and the processes have said. */
  readonly told: readonly string[];
  /** Asks at the one address, as an administrator unless the claims say otherwise. */
  ask(method: 'GET' | 'POST', path: string, body?: object, key?: string, claims?: Claims): Promise<Response>;
  /** Ends it as fast as can be, and removes its data; `stop` of the cluster is for tests of just that. */
  close(): Promise<void>;
}

const administrator: Claims = { sub: 'administrator:test', role: 'administrator' };

export async function startCluster({ directory, ...settings }: Settings = {}): Promise<StartedCluster> {
  const kafka = await openTestKafka();
  const place = directory ?? new DataDirectory(join(tmpdir(), `yizhan-cluster-${randomUUID()}`));
  const told: string[] = [];
  const variables: KafkaVariables = {
    KAFKA_BROKERS: kafka.brokers.join(','),
    YIZHAN_KAFKA_TOPIC: kafka.topic,
    YIZHAN_KAFKA_PARTITIONS: '4',
    YIZHAN_KAFKA_REPLICATION: '1',
    YIZHAN_KAFKA_MIN_IN_SYNC: '1',
  };
  const discard = async (): Promise<void> => {
    discardDataDirectory(place);
    await kafka.close();
  };
  const cluster = await Cluster.start({
    ...settings,
    directory: place,
    http: { host: '127.0.0.1', port: 0 },
    database: 'embedded',
    kafka: variables,
    logLevel: 'warn',
    tell: (line) => told.push(line),
  }).catch(async (error: unknown) => {
    await discard();
    throw new Error(`the cluster has not started:\n${told.join('\n')}`, { cause: error });
  });
  const signer = await TokenSigner.of(readSigningKey(place));
  return {
    cluster,
    directory: place,
    told,
    ask: async (method, path, body, key, claims = administrator) =>
      fetch(`${cluster.address}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await signer.sign(claims, 600)}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'GET' ? {} : { 'idempotency-key': key ?? randomUUID() }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    close: async () => {
      for (const each of processNames.flatMap((name) => cluster.processes(name))) each.kill('SIGKILL');
      await cluster.stop();
      await discard();
    },
  };
}
