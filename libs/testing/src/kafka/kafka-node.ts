import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KafkaDistribution } from './distribution.js';
import type { EndWithParent } from './end-with-parent.js';
import { loopback } from './free-ports.js';
import { newId, type NodePorts, settingsOf } from './node-settings.js';

/** One process of Kafka: broker and controller. */
export interface KafkaNode {
  readonly id: number;
  /** Of its broker, as `host:port`. */
  readonly address: string;
  /** Undefined while it does not run. */
  readonly pid: number | undefined;
  /**
   * SIGKILL unless another is named. Resolves when the process is gone, for SIGSTOP and SIGCONT at once. Nothing happens
   * where it does not run.
   */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again with the same data on the same ports. Resolves before it answers: see `LocalKafka.ready`. */
  start(): Promise<void>;
  /** Forgets all its data, as a machine with a new disk. @throws while it runs. */
  wipe(): Promise<void>;
}

export interface NodePlace extends NodePorts {
  /** For its data, its settings and its log; made when it is missing. */
  readonly folder: string;
  readonly clusterId: string;
  readonly peers: readonly NodePorts[];
  readonly distribution: KafkaDistribution;
  readonly more?: Readonly<Record<string, string>>;
  readonly ending: EndWithParent;
}

export class LocalNode implements KafkaNode {
  readonly id: number;
  readonly address: string;
  #process: ChildProcess | undefined;
  #isHalted = false;
  #isToldToEnd = false;
  #fallen: string | undefined;

  constructor(private readonly place: NodePlace) {
    this.id = place.id;
    this.address = `${loopback}:${place.port}`;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Running and not stopped by SIGSTOP. */
  get canAnswer(): boolean {
    return this.#process !== undefined && !this.#isHalted;
  }

  /** How it ended, where nobody told it to. */
  get fallen(): string | undefined {
    return this.#fallen;
  }

  async start(): Promise<void> {
    if (this.#process) throw new Error(`node ${this.id} is running already`);
    await this.#format();
    const node = this.#spawn();
    this.place.ending.kill(node);
    await once(node, 'spawn');
    this.#process = node;
    this.#isToldToEnd = false;
    this.#fallen = undefined;
    node.once('exit', (code, signal) => {
      this.#process = undefined;
      this.#isHalted = false;
      if (!this.#isToldToEnd) this.#fallen = `node ${this.id} ended by itself (${signal ?? `exit ${code}`})`;
    });
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const node = this.#process;
    if (!node) return;
    node.kill(signal);
    if (signal === 'SIGSTOP' || signal === 'SIGCONT') {
      this.#isHalted = signal === 'SIGSTOP';
      return;
    }
    this.#isToldToEnd = true;
    await once(node, 'exit');
  }

  async wipe(): Promise<void> {
    if (this.#process) throw new Error(`node ${this.id} is running: kill it before its data go`);
    await rm(this.#data, { recursive: true, force: true });
  }

  /** The last messages of its log, without where in Kafka's code they came from. */
  async lastWords(): Promise<string> {
    const log = existsSync(this.#log) ? await readFile(this.#log, 'utf8') : '';
    const messages = log.split('\n').filter((line) => line && !/^\s+(at|\.\.\.) /.test(line));
    return messages.slice(-10).join('\n');
  }

  get #data(): string {
    return join(this.place.folder, 'data');
  }

  get #log(): string {
    return join(this.place.folder, 'kafka.log');
  }

  get #settings(): string {
    return join(this.place.folder, 'server.properties');
  }

  async #format(): Promise<void> {
    const { id, folder, clusterId, distribution, peers, more } = this.place;
    // The codecs of Kafka unpack their native libraries to the temporary folder, and a killed one leaves them there.
    await mkdir(join(folder, 'tmp'), { recursive: true });
    await writeFile(this.#settings, settingsOf({ id, data: this.#data, peers, more }));
    if (existsSync(join(this.#data, 'meta.properties'))) return;
    await cp(distribution.formatted, this.#data, { recursive: true });
    const ids = { version: 1, 'cluster.id': clusterId, 'node.id': id, 'directory.id': newId() };
    const lines = Object.entries(ids).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(this.#data, 'meta.properties'), lines.join(''));
  }

  #spawn(): ChildProcess {
    const { java, jvmOptions, classPath } = this.place.distribution;
    const log = openSync(this.#log, 'a');
    try {
      const temporary = `-Djava.io.tmpdir=${join(this.place.folder, 'tmp')}`;
      const args = [...javaOptions, ...jvmOptions, temporary, '-cp', classPath, 'kafka.Kafka', this.#settings];
      return spawn(java.command, args, { cwd: this.place.folder, stdio: ['ignore', log, log] });
    } finally {
      closeSync(log);
    }
  }
}

/** Small and soon there: a broker of the tests lives for minutes, so the optimising compiler would not earn its time. */
const javaOptions = [
  '-Xms64m',
  '-Xmx320m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  // Its file in the temporary folder would outlive a killed process.
  '-XX:-UsePerfData',
  '-Djava.awt.headless=true',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
];
