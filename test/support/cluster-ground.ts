import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KafkaSettings, provisionTopics } from '@yizhan/event-log';
import { newWrappingKey } from '@yizhan/keystore';
import { type Claims, newSigningKey, publicKeyOf, TokenSigner } from '@yizhan/identity';
import { type MigrationSet, servicePlaces } from '@yizhan/persistence';
import { openTestDatabase, openTestKafka, type TestDatabase } from '@yizhan/testing';
import { allMigrations } from '../../apps/yizhan/src/runtime/migrations.js';
import { ServiceProcess, type ServiceApp } from './service-process.js';

const placeOf = {
  publisher: servicePlaces.eventLog,
  station: servicePlaces.station,
  scheduler: servicePlaces.scheduler,
  dispatch: servicePlaces.dispatch,
  'command-centre': servicePlaces.commandCentre,
} as const satisfies Record<ServiceApp, { role: string }>;

const oneBroker = { partitions: 4, replicationFactor: 1, minInSyncReplicas: 1 };

interface Settings {
  readonly migrations?: readonly MigrationSet[];
  /** False where no process gets as far as Kafka, or where Kafka is to stand at another place later. */
  readonly hasKafka?: boolean;
}

/** What service processes need around them: a database of their own, a topic, keys for tokens. */
export class ClusterGround {
  readonly #processes: ServiceProcess[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly kafka: KafkaSettings,
    private readonly folder: string,
    private readonly signer: TokenSigner,
    private readonly closeKafka: () => Promise<void>,
  ) {}

  static async open({ migrations = allMigrations, hasKafka = true }: Settings = {}): Promise<ClusterGround> {
    const database = await openTestDatabase({ migrations });
    const test = hasKafka ? await openTestKafka() : nowhere;
    const kafka = { brokers: test.brokers, topic: test.topic, clientId: 'test', ...oneBroker };
    if (hasKafka) await provisionTopics(kafka);
    const key = await newSigningKey();
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-ground-'));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [publicKeyOf(key)] }));
    mkdirSync(join(folder, 'keystore'));
    writeFileSync(join(folder, 'wrapping.json'), JSON.stringify(newWrappingKey()));
    return new ClusterGround(database, kafka, folder, await TokenSigner.of(key), () => test.close());
  }

  get keysFile(): string {
    return join(this.folder, 'keys.json');
  }

  /** The environment of one service. */
  variablesOf(app: ServiceApp): Record<string, string> {
    const { role } = placeOf[app];
    const { host, port, database } = this.database.admin;
    return {
      YIZHAN_DATABASE_URL: `postgres://${role}:test-${role}@${host}:${port}/${database}`,
      YIZHAN_HTTP_PORT: '0',
      YIZHAN_TOKEN_KEYS_FILE: this.keysFile,
      ...((app === 'station' || app === 'dispatch' || app === 'command-centre') && {
        YIZHAN_KEYSTORE_DIRECTORY: join(this.folder, 'keystore'),
        YIZHAN_KEYSTORE_KEY_FILE: join(this.folder, 'wrapping.json'),
      }),
      YIZHAN_INSTANCE: `${app}-${randomUUID().slice(0, 8)}`,
      KAFKA_BROKERS: this.kafka.brokers.join(','),
      YIZHAN_KAFKA_TOPIC: this.kafka.topic,
      YIZHAN_KAFKA_PARTITIONS: String(this.kafka.partitions),
      YIZHAN_KAFKA_REPLICATION: String(this.kafka.replicationFactor),
      YIZHAN_KAFKA_MIN_IN_SYNC: String(this.kafka.minInSyncReplicas),
    };
  }

  async start(app: ServiceApp, variables: Record<string, string> = {}): Promise<ServiceProcess> {
    const service = await ServiceProcess.start(app, { ...this.variablesOf(app), ...variables });
    this.#processes.push(service);
    return service;
  }

  /** For processes that were started by other means: killed with the ground. */
  add(service: ServiceProcess): ServiceProcess {
    this.#processes.push(service);
    return service;
  }

  token(claims: Claims = { sub: 'administrator:test', role: 'administrator' }): Promise<string> {
    return this.signer.sign(claims, 3600);
  }

  async close(): Promise<void> {
    for (const each of this.#processes) await each.kill();
    await this.closeKafka();
    await this.database.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** Nobody listens on port 1. */
const nowhere = { brokers: ['127.0.0.1:1'], topic: 'nowhere', close: async () => undefined };
