import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from './node-settings.js';

interface ClusterOfFolder {
  readonly clusterId: string;
  readonly brokers: number;
}

/**
 * The id of the cluster whose data the folder keeps; of a new one where it keeps none.
 * @throws where it keeps a cluster of another size: its controllers would not find each other.
 */
export async function clusterIdOf(folder: string, brokers: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'cluster.json');
  const kept = await read(file);
  if (kept && kept.brokers !== brokers) {
    throw new Error(`${folder} keeps a Kafka of size ${kept.brokers}: ask for that size, or name another folder`);
  }
  const cluster = kept ?? { clusterId: newId(), brokers };
  await writeFile(file, `${JSON.stringify(cluster)}\n`);
  return cluster.clusterId;
}

async function read(file: string): Promise<ClusterOfFolder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ClusterOfFolder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
