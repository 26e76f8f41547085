import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { holdLock } from './hold-lock.js';
import { findJava, type Java } from './java.js';
import { fetchJars, projectFor } from './maven.js';
import { newId, settingsOf } from './node-settings.js';
import { kafkaVersions } from './versions.js';

const run = promisify(execFile);

/** Apache Kafka of one version, ready to start. */
export interface KafkaDistribution {
  readonly version: string;
  readonly java: Java;
  /** Where it lies in the cache. */
  readonly folder: string;
  readonly jvmOptions: readonly string[];
  /** For `java -cp`. */
  readonly classPath: string;
  /** A data folder as Kafka's own StorageTool formats it: a node begins with a copy, under ids of its own. */
  readonly formatted: string;
}

export interface PrepareSettings {
  readonly version?: string;
  /** Told what takes long: a line at a time, without its end. */
  readonly onProgress?: (line: string) => void;
}

/**
 * Fetches Kafka's jars with Maven unless they lie in the cache: `YIZHAN_TEST_KAFKA_CACHE`, or else `yizhan/kafka` in the
 * user's cache folder. About 45 MB for each version, once.
 * @throws KafkaUnavailableError where Java is missing, or the cache is empty and Maven is missing or cannot fetch.
 */
export async function prepareKafka(settings: PrepareSettings = {}): Promise<KafkaDistribution> {
  const { version = kafkaVersions.current, onProgress = () => undefined } = settings;
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`${version} is not a version of Kafka, such as ${kafkaVersions.current}`);
  const java = findJava(version);
  const folder = join(cacheFolder(), version);
  if (!(await isPrepared(folder, version))) {
    await holdLock(`${folder}.lock`, async () => {
      if (!(await isPrepared(folder, version))) await prepare(folder, version, java, onProgress);
    });
  }
  return {
    version,
    java,
    folder,
    jvmOptions: [],
    classPath: classPathOf(folder),
    formatted: join(folder, 'formatted'),
  };
}

function cacheFolder(): string {
  const { YIZHAN_TEST_KAFKA_CACHE: own, XDG_CACHE_HOME: shared } = process.env;
  return own || join(shared || join(homedir(), '.cache'), 'yizhan', 'kafka');
}

const classPathOf = (folder: string): string => join(folder, 'jars', '*');

/** The project file tells what the jars were fetched for: another one means that they have to be fetched again. */
async function isPrepared(folder: string, version: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, 'pom.xml'), 'utf8')) === projectFor(version);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function prepare(folder: string, version: string, java: Java, onProgress: (line: string) => void) {
  const start = performance.now();
  await removeUnfinished();
  const draft = `${folder}.${randomUUID()}.unfinished`;
  await mkdir(draft, { recursive: true });
  try {
    onProgress(`fetching Apache Kafka ${version} with Maven into ${folder}: about 45 MB, once`);
    await fetchJars(draft, version, onProgress);
    await format(draft, java);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  onProgress(`Apache Kafka ${version} is there after ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** What a killed process left behind: nobody else is at work while the lock is held. */
async function removeUnfinished(): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  for (const name of await readdir(cacheFolder())) {
    if (name.endsWith('.unfinished')) await rm(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

/** Takes a second of Java, so it is done once and the nodes begin with copies. */
async function format(folder: string, java: Java): Promise<void> {
  const settingsFile = join(folder, 'format.properties');
  const settings = settingsOf({
    id: 1,
    data: join(folder, 'formatted'),
    peers: [{ id: 1, port: 9092, controllerPort: 9093 }],
  });
  await writeFile(settingsFile, settings);
  const tool = ['-cp', classPathOf(folder), 'kafka.tools.StorageTool'];
  await run(java.command, [...tool, 'format', '--config', settingsFile, '--cluster-id', newId()]);
}
