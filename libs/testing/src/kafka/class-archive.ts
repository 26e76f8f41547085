import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becomeReady } from './become-ready.js';
import type { KafkaDistribution } from './distribution.js';
import { EndWithParent } from './end-with-parent.js';
import { freePorts } from './free-ports.js';
import { holdLock } from './hold-lock.js';
import { LocalNode } from './kafka-node.js';
import { newId } from './node-settings.js';

/**
 * With an archive of Kafka's classes as the JVM keeps them in memory, a start takes half the time and half the work. It
 * holds for one build of Java, is written by a broker that starts and ends, and lies beside the jars.
 */
export async function withClassArchive(
  distribution: KafkaDistribution,
  onProgress: (line: string) => void = () => undefined,
): Promise<KafkaDistribution> {
  const { java, folder, version } = distribution;
  if (java.release < 13) return distribution;
  const archive = join(folder, `classes-${java.build}.jsa`);
  if (!existsSync(archive)) {
    await holdLock(`${folder}.lock`, async () => {
      if (existsSync(archive)) return;
      onProgress(`starting Apache Kafka ${version} once, so that later starts are quick`);
      await write(archive, distribution);
    });
  }
  // Some builds of Java cannot write one: they start slowly.
  return existsSync(archive) ? { ...distribution, jvmOptions: [`-XX:SharedArchiveFile=${archive}`] } : distribution;
}

async function write(archive: string, distribution: KafkaDistribution): Promise<void> {
  const draft = `${archive}.unfinished`;
  const folder = join(tmpdir(), `yizhan-kafka-${randomUUID()}`);
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  const ports = { id: 1, port, controllerPort };
  const ending = new EndWithParent();
  ending.remove(folder);
  const node = new LocalNode({
    ...ports,
    folder,
    clusterId: newId(),
    peers: [ports],
    distribution: { ...distribution, jvmOptions: [`-XX:ArchiveClassesAtExit=${draft}`] },
    ending,
  });
  try {
    await node.start();
    await becomeReady([node]);
    await node.kill('SIGTERM');
    if (existsSync(draft)) await rename(draft, archive);
  } finally {
    await node.kill();
    await ending.end();
    await rm(draft, { force: true });
  }
}
