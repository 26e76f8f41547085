import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describeCluster } from './ask-broker.js';
import { prepareKafka } from './distribution.js';
import { kafkaVersions } from './versions.js';
import { until } from './watch-processes.js';

// Each test starts several JVMs, which share two cores with whatever else runs.
jest.setTimeout(240_000);

const program = join(import.meta.dirname, '../../../../dist/libs/testing/src/kafka/kafka-up.js');
const started: Up[] = [];
let folder: string;
let cache: string;

/** One run of `npm run kafka:up`, without npm. */
class Up {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<unknown[]>;
  out = '';
  err = '';

  constructor(args: string[], env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, TMPDIR: join(folder, 'tmp'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.err += text));
    this.ended = once(this.child, 'close');
    started.push(this);
  }

  async firstLine(): Promise<string> {
    await Promise.race([this.ended, until(() => this.out.includes('\n'))]);
    if (!this.out) throw new Error(`kafka:up ended without a line: ${this.err}`);
    return this.out.trimEnd();
  }

  async isReady(): Promise<{ brokers: string[] }> {
    return JSON.parse(await this.firstLine()) as { brokers: string[] };
  }
}

const foldersLeft = () => readdir(join(folder, 'tmp'));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yizhan-kafka-up-'));
  cache = join(folder, 'cache');
  for (const name of ['tmp', 'bin']) await mkdir(join(folder, name));
});

afterEach(async () => {
  for (const up of started.splice(0)) {
    up.child.kill('SIGKILL');
    await up.ended;
  }
  await until(async () => (await foldersLeft()).length === 0);
  await rm(folder, { recursive: true });
});

it.each(['SIGINT', 'SIGTERM'] as const)('prints where the brokers are, and ends cleanly on %s', async (signal) => {
  const up = new Up([]);
  const line = await up.firstLine();
  expect(line).toMatch(/^KAFKA_BROKERS=127\.0\.0\.1:\d+$/);
  const [, address] = line.split('=');
  expect((await describeCluster(address)).topics).toEqual([]);

  up.child.kill(signal);
  expect(await up.ended).toEqual([0, null]);
  expect(await foldersLeft()).toEqual([]);
  await expect(describeCluster(address)).rejects.toThrow('ECONNREFUSED');
});

it('leaves no process and no folder behind when it is killed', async () => {
  const up = new Up(['--json', '--brokers', '3']);
  const { brokers } = await up.isReady();
  expect(await foldersLeft()).toHaveLength(1);

  up.child.kill('SIGKILL');
  await until(async () => (await foldersLeft()).length === 0);
  for (const address of brokers) await expect(describeCluster(address)).rejects.toThrow('ECONNREFUSED');
});

it('keeps the data of a named folder, on a named port', async () => {
  const kept = join(folder, 'kept');
  const args = ['--json', '--folder', kept];
  const idOfCluster = async () =>
    /cluster\.id=(.*)/.exec(await readFile(join(kept, 'node-1/data/meta.properties'), 'utf8'))?.[1];

  const first = new Up(args);
  const { brokers } = await first.isReady();
  const id = await idOfCluster();
  first.child.kill('SIGTERM');
  await first.ended;

  const again = new Up([...args, '--port', brokers[0].split(':')[1]]);
  expect((await again.isReady()).brokers).toEqual(brokers);
  expect(await idOfCluster()).toBe(id);

  const larger = new Up([...args, '--brokers', '3']);
  expect(await larger.ended).toEqual([1, null]);
  expect(larger.err).toContain('keeps a Kafka of size 1');
});

it.each([
  ['--brokers', '2'],
  ['--port', 'https'],
  ['--version', '../4.4.0'],
])('refuses %s %s and says so', async (...args) => {
  const up = new Up(args);
  expect(await up.ended).toEqual([1, null]);
  expect(up.err).toContain(args[1]);
});

describe('with an empty cache', () => {
  const version = kafkaVersions.current;

  /** In place of Maven: takes its time, notes that it was called, and brings the jars that this machine has already. */
  async function installFakeMaven(seconds: number): Promise<void> {
    const { classPath } = await prepareKafka({ version });
    const jars = join(classPath, '..');
    await install('mvn', `echo called >>"${folder}/calls"; sleep ${seconds}; cp -R "${jars}" "$(dirname "$3")/jars"`);
  }

  const install = (name: string, script: string) =>
    writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

  const calls = () => readFile(join(folder, 'calls'), 'utf8').catch(() => '');
  const env = () => ({ YIZHAN_TEST_KAFKA_CACHE: cache, PATH: `${join(folder, 'bin')}:${process.env.PATH}` });

  it('fetches Kafka once when two ask for it at the same time', async () => {
    await installFakeMaven(1);
    const both = [new Up(['--json'], env()), new Up(['--json'], env())];
    for (const up of both) expect((await up.isReady()).brokers).toHaveLength(1);
    expect(await calls()).toBe('called\n');
    expect(await readdir(cache)).toEqual([version]);
  });

  it('begins again after a fetch that was killed', async () => {
    await installFakeMaven(30);
    const killed = new Up([], env());
    await until(async () => (await calls()) !== '');
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await readdir(cache)).toHaveLength(2);

    await installFakeMaven(0);
    await new Up([], env()).firstLine();
    expect(await readdir(cache)).toEqual([version]);
  });

  it('says that Java is missing, or Maven, and what else would do', async () => {
    const bare = { YIZHAN_TEST_KAFKA_CACHE: cache, PATH: join(folder, 'bin'), JAVA_HOME: '' };
    const noJava = new Up([], bare);
    expect(await noJava.ended).toEqual([1, null]);
    expect(noJava.err).toMatch(/there is no Java on the PATH; Kafka [\d.]+ needs Java 17: .* KAFKA_BROKERS/);

    const { java } = await prepareKafka();
    await install('java', `PATH="${process.env.PATH}" exec "${java.command}" "$@"`);
    const noMaven = new Up([], bare);
    expect(await noMaven.ended).toEqual([1, null]);
    expect(noMaven.err).toMatch(/is not in the cache, and Maven could not be started[^]*KAFKA_BROKERS/);
  });
});
