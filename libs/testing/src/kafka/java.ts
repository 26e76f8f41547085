import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { KafkaUnavailableError } from './unavailable.js';
import { leastJavaFor } from './versions.js';

const otherWay = 'or name running brokers in KAFKA_BROKERS';

export interface Java {
  readonly command: string;
  /** Of the language and the platform: 17 of 17.0.15. */
  readonly release: number;
  /** Of this very build, fit for a file name. */
  readonly build: string;
}

/**
 * The `java` of `JAVA_HOME`, or else of the `PATH`.
 * @throws KafkaUnavailableError where there is none, or one too old for this Kafka.
 */
export function findJava(kafkaVersion: string): Java {
  const needed = leastJavaFor(kafkaVersion);
  const home = process.env.JAVA_HOME;
  const java = home ? join(home, 'bin', 'java') : 'java';
  const { status, stderr } = spawnSync(java, ['-version'], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) {
    const where = home ? `in JAVA_HOME (${home})` : 'on the PATH';
    throw new KafkaUnavailableError(
      `there is no Java ${where}; Kafka ${kafkaVersion} needs Java ${needed}: install it, ${otherWay}`,
    );
  }
  const { release, build } = versionIn(stderr);
  if (release < needed) {
    throw new KafkaUnavailableError(
      `this is Java ${build}; Kafka ${kafkaVersion} needs Java ${needed}: install it, ${otherWay}`,
    );
  }
  return { command: java, release, build };
}

/** `openjdk version "17.0.15"` is of release 17, `java version "1.8.0_412"` of release 8. */
function versionIn(text: string): { release: number; build: string } {
  const build = /version "([^"]+)"/.exec(text)?.[1] ?? '';
  const [first, second] = build.split(/[.-]/);
  if (!build) throw new Error(`java -version names no version: ${text}`);
  return { release: Number(first === '1' ? second : first), build: build.replaceAll(/[^\w.-]/g, '_') };
}
