import { randomUUID } from 'node:crypto';
import { type KafkaSettings, KafkaPublisher, LogReader, provisionTopics, removeTopic } from '@yizhan/event-log';
import type { ManualClock } from '@yizhan/kernel';
import { type Connection, servicePlaces } from '@yizhan/persistence';
import { badInput, databaseUrlOf, messageOf } from '@yizhan/process';
import { Teardown } from '@yizhan/service-process';
import { builtScript } from '../../cluster/built-script.js';
import { environmentWith, givenKafka } from '../../cluster/cluster.config.js';
import { writeTokenKeys } from '../../cluster/token-keys-file.js';
import type { DataDirectory } from '../../runtime/data/data-directory.js';
import { DataLock } from '../../runtime/data/data-lock.js';
import { makeKeystore } from '../../runtime/data/keystore.js';
import { ensureSigningKey } from '../../runtime/data/signing-key.js';
import { allMigrations } from '../../runtime/migrations.js';
import { DatabaseServer } from '../../runtime/postgres/database-server.js';
import { openPlace } from '../../runtime/postgres/open-place.js';
import type { ReplayPlan } from '../plan-replay.js';
import { KafkaWorld } from './kafka-world.js';
import { SteppedProcess } from './stepped-process.js';

export interface OverKafkaOptions {
  readonly directory: DataDirectory;
  readonly plan: ReplayPlan;
  /** Of a topic that is made for this replay and removed after it. */
  readonly kafka: KafkaSettings;
  readonly tell: (line: string) => void;
}

/** A product of several processes that stands ready for a replay. */
export interface StartedOverKafka {
  readonly world: KafkaWorld;
  stop(): Promise<void>;
}

type ServiceName = keyof typeof mains;

/** In the order in which one process feeds its consumers. The station's process can carry out steps besides. */
const mains = {
  commandCentre: 'programs/command-centre.mjs',
  dispatch: 'programs/dispatch.mjs',
  scheduler: 'programs/scheduler.mjs',
  station: 'apps/yizhan/src/replay/over-kafka/stepped-station.js',
} as const satisfies Partial<Record<keyof typeof servicePlaces, string>>;

/** Starts database, topic and services. @throws Fault where something is in the way; nothing is left running then. */
export async function startOverKafka(options: OverKafkaOptions): Promise<StartedOverKafka> {
  const onFault = (where: string, error: unknown): void => options.tell(`${where}: ${messageOf(error)}`);
  const teardown = new Teardown(onFault);
  try {
    return { world: await start(options, teardown, onFault), stop: () => teardown.run() };
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function start(
  options: OverKafkaOptions,
  teardown: Teardown,
  onFault: (where: string, error: unknown) => void,
): Promise<KafkaWorld> {
  const { kafka, plan } = options;
  const server = await startDatabase(options, teardown);
  await provisionTopics(kafka);
  teardown.add(() => removeTopic(kafka));
  const [log, stationDatabase] = await Promise.all([
    openPlace(server, servicePlaces.eventLog, 4),
    openPlace(server, servicePlaces.station, 1),
  ]);
  teardown.add(async () => {
    await log.close();
    await stationDatabase.close();
  });
  const clock = steppedClockOf(plan);
  const publisher = new KafkaPublisher({
    kafka,
    database: log,
    connection: server.as(servicePlaces.eventLog.role),
    clock,
    onFault,
  });
  teardown.add(() => publisher.stop());
  const { services, station } = await startServices(options, server, teardown);
  return new KafkaWorld({ clock, reader: new LogReader(log), stationDatabase, publisher, station, services });
}

async function startDatabase({ directory, tell }: OverKafkaOptions, teardown: Teardown): Promise<DatabaseServer> {
  directory.makeFolder();
  const lock = DataLock.acquire(directory, 'replay');
  teardown.add(() => lock.release());
  const secrets = directory.ensureSecrets();
  const server = await DatabaseServer.embedded({ directory, secrets, isDurable: false, tell });
  teardown.add(() => server.stop());
  await server.prepare(allMigrations);
  return server;
}

async function startServices(options: OverKafkaOptions, server: DatabaseServer, teardown: Teardown) {
  const { directory, plan, kafka, tell } = options;
  const files = {
    tokenKeys: writeTokenKeys(directory, await ensureSigningKey(directory)),
    keystore: makeKeystore(directory),
  };
  const launch = async (name: ServiceName): Promise<SteppedProcess> => {
    const environment = environmentOf(name, server.as(servicePlaces[name].role), kafka, files);
    const started = await SteppedProcess.start(name, builtScript(mains[name]), plan.options.seed, environment);
    teardown.add(() => started.stop());
    return started;
  };
  const names = Object.keys(mains) as ServiceName[];
  tell(`starting ${names.length} services`);
  const services = await Promise.all(names.map(launch));
  const station = services[names.indexOf('station')];
  if (!station) throw new Error('a replay needs a station');
  return { services, station };
}

interface Files {
  readonly tokenKeys: string;
  readonly keystore: { readonly directory: string; readonly keyFile: string };
}

function environmentOf(name: ServiceName, connection: Connection, kafka: KafkaSettings, files: Files) {
  return environmentWith({
    // How to get in besides, such as by SASL, is what our own environment says.
    ...givenKafka(),
    YIZHAN_KAFKA_TOPIC: kafka.topic,
    YIZHAN_DATABASE_URL: databaseUrlOf(connection),
    YIZHAN_HTTP_HOST: '127.0.0.1',
    YIZHAN_HTTP_PORT: '0',
    YIZHAN_INSTANCE: `replay-${name}`,
    YIZHAN_TOKEN_KEYS_FILE: files.tokenKeys,
    ...(name !== 'scheduler' && {
      YIZHAN_KEYSTORE_DIRECTORY: files.keystore.directory,
      YIZHAN_KEYSTORE_KEY_FILE: files.keystore.keyFile,
    }),
    YIZHAN_LOG_LEVEL: 'warn',
  });
}

function steppedClockOf({ clock, mode }: ReplayPlan): ManualClock {
  if (mode !== 'stepped' || !('moveTo' in clock)) {
    throw badInput('--over-kafka needs --speed max', 'Leave --speed out.');
  }
  return clock;
}

/** The topic of one replay: nobody else reads it. */
export function topicOfReplay(kafka: KafkaSettings): KafkaSettings {
  return { ...kafka, topic: `yizhan-replay-${randomUUID()}` };
}
