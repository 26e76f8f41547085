import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeTopic } from '@yizhan/event-log';
import { kafkaSettingsOf } from '../cluster/cluster.config.js';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';

const main = resolve(__dirname, '../../../../dist/programs/yizhan.mjs');
const data = join(tmpdir(), `yizhan-cluster-${randomUUID()}`);
/** Without the Kafka and the PostgreSQL of the test run: the command brings its own. */
const environment = { ...process.env, LANG: 'C', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '', KAFKA_BROKERS: '' };

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Ready {
  readonly address: string;
  readonly brokers: readonly string[];
  readonly processes: readonly { readonly name: string; readonly pid: number; readonly address: string }[];
}

let running: ChildProcess;
let ready: Ready;

jest.setTimeout(240_000);

async function run(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...environment, ...variables } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

beforeAll(async () => {
  const args = [main, 'cluster', '--data', data, '--port', '0', '--processes', 'dispatch=2', '--json'];
  running = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  running.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const line = await Promise.race([
    once(running.stdout?.setEncoding('utf8') ?? running, 'data').then(([text]) => String(text)),
    once(running, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}: ${said}`))),
  ]);
  ready = JSON.parse(line) as Ready;
});

afterAll(async () => {
  if (running.exitCode === null && running.signalCode === null) {
    running.kill('SIGTERM');
    await once(running, 'exit');
  }
  discardDataDirectory(new DataDirectory(data));
});

test('it starts a broker, a process of each service or as many as were asked for, and one address', async () => {
  expect(ready.brokers).toHaveLength(1);
  expect(ready.processes.map(({ name }) => name)).toEqual([
    'publisher-1',
    'station-1',
    'scheduler-1',
    'dispatch-1',
    'dispatch-2',
    'command-centre-1',
  ]);
  expect((await fetch(`${ready.address}/health/ready`)).status).toBe(200);
  const metrics = ready.processes.map(async ({ address }) => (await fetch(`${address}/metrics`)).status);
  expect(new Set(await Promise.all(metrics))).toEqual(new Set([200]));
});

test('the topic is checked and provisioned on the Kafka of the cluster that runs', async () => {
  expect(await run(['topics', '--data', data])).toMatchObject({ code: 0, stdout: 'yizhan.events is as it must be\n' });
  const { code, stdout } = await run(['topics', 'provision', '--data', data, '--json']);
  expect([code, JSON.parse(stdout)]).toEqual([0, { topic: 'yizhan.events', done: [], faults: [] }]);
  const wanted = { YIZHAN_KAFKA_PARTITIONS: '6' };
  expect(await run(['topics', 'check', '--data', data], wanted)).toMatchObject({
    code: 1,
    stdout: 'topic yizhan.events has 12 partitions, not 6\n',
  });
});

test('a refill publishes the whole log again', async () => {
  const { stdout: token } = await run(['token', '--role', 'administrator', '--data', data]);
  const post = async (path: string, body: object): Promise<number> => {
    const headers = { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' };
    const answer = await fetch(`${ready.address}/api/v1/${path}`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': path },
      body: JSON.stringify(body),
    });
    return answer.status;
  };
  expect(await post('areas', { areaCode: 'jinhua', name: 'Jinhua' })).toBe(201);
  expect(await post('areas/jinhua/policies', { policyId: 'cn-freight' })).toBe(201);
  const variables = {
    KAFKA_BROKERS: ready.brokers.join(','),
    YIZHAN_KAFKA_REPLICATION: '1',
    YIZHAN_KAFKA_MIN_IN_SYNC: '1',
  };
  const kafka = kafkaSettingsOf(variables, 'test');
  while ((await describeTopic(kafka)).messages < 1);
  const { code, stdout } = await run(['refill', '--data', data, '--json']);
  expect([code, JSON.parse(stdout)]).toEqual([0, { topic: 'yizhan.events', events: 1 }]);
  expect((await describeTopic(kafka)).messages).toBe(2);
});

test('nothing else can be started on its data', async () => {
  const { code, stderr } = await run(['start', '--data', data, '--port', '0']);
  expect(code).toBe(3);
  expect(stderr).toContain('"yizhan cluster" (process');
});

test('a signal lets everything finish', async () => {
  const begun = performance.now();
  running.kill('SIGTERM');
  const [code] = (await once(running, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(25_000);
  expect(existsSync(join(data, 'kafka.json'))).toBe(false);
  const { code: checked, stderr } = await run(['topics', '--data', data]);
  expect([checked, stderr]).toEqual([2, expect.stringContaining('KAFKA_BROKERS is not set')]);
});

test.each([
  [['--processes', 'station=0'], '--processes: "station=0" is no process and its count'],
  [['--processes', 'station=1,warehouse=1'], '--processes: "warehouse=1" is no process and its count'],
  [['--brokers', '2'], 'Allowed choices are 1, 3'],
  [['--port', 'x'], '--port: x is no port'],
])('%s is refused before anything is started', async (args, message) => {
  const { code, stderr } = await run(['cluster', '--data', data, ...args]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('brokers are not started beside those of the environment', async () => {
  const { code, stderr } = await run(['cluster', '--brokers', '3', '--data', data], {
    KAFKA_BROKERS: 'localhost:9092',
  });
  expect([code, stderr]).toEqual([2, expect.stringContaining('KAFKA_BROKERS names some that run')]);
});

test('a port that is taken is told at once', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { code, stderr } = await run(['cluster', '--data', data, '--port', String(port)]);
  taken.close();
  expect(code).toBe(3);
  expect(stderr).toContain(`port ${port} on 127.0.0.1 is taken by another program`);
  expect(stderr).not.toContain('starting Kafka');
});
