import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EventDocument } from '@yizhan/client';
import { ManualClock } from '@yizhan/kernel';
import { type DispatchGround, type DispatchProcess, openDispatchGround } from '../support/start-dispatch.js';
import { loopback, tell, until } from '../support/subscribing.js';

const shunfa = { role: 'carrier', carrierId: 'shunfa' } as const;
const hour = 3_600_000;
const script = resolve(__dirname, '../../dist/libs/client/examples/receiver.js');

let ground: DispatchGround;
let dispatch: DispatchProcess;
let clock: ManualClock;
let folder: string;
let running: Example | undefined;

interface Example {
  readonly said: () => string;
  kill(): Promise<void>;
}

beforeEach(async () => {
  clock = new ManualClock(Date.parse('2026-03-02T00:00:00.000Z'));
  ground = await openDispatchGround();
  dispatch = await ground.start({ clock, webhooks: loopback, delivery: { lookEvery: 20, within: 2_000 } });
  folder = mkdtempSync(join(tmpdir(), 'yizhan-receiver-'));
});
afterEach(async () => {
  await running?.kill();
  running = undefined;
  expect(dispatch.faults).toEqual([]);
  await ground.close();
  rmSync(folder, { recursive: true });
});

async function start(environment: Readonly<Record<string, string>>): Promise<Example> {
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  running = { said: () => output, kill };
  await until(() => {
    if (child.exitCode !== null) throw new Error(`the example has ended: ${output}`);
    return output.includes('listening');
  });
  return running;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function received(): string[] {
  const file = join(folder, 'events.ndjson');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as EventDocument).position);
}

const mine = (count: number): Promise<void> => tell(ground, count, () => ({ carrierId: 'shunfa' }));

test('the example receiver is killed, misses events, sees the gap, pulls them, and has everything once', async () => {
  const port = await freePort();
  const made = await dispatch.post(shunfa, '/api/v1/subscriptions', { url: `http://127.0.0.1:${port}/` });
  const { subscriptionId, secret } = made.body as unknown as { subscriptionId: string; secret: string };
  const environment = {
    YIZHAN: dispatch.address,
    YIZHAN_TOKEN: await dispatch.token(shunfa),
    YIZHAN_WEBHOOK_SECRETS: secret,
    RECEIVER_FOLDER: folder,
    RECEIVER_PORT: String(port),
  };
  const pending = async (): Promise<number> =>
    Number((await dispatch.ask(shunfa, `/api/v1/subscriptions/${subscriptionId}`)).body['pending']);

  const first = await start(environment);
  expect((await dispatch.post(shunfa, `/api/v1/subscriptions/${subscriptionId}/proof`)).status).toBe(200);
  await mine(4);
  await until(async () => received().length === 4 && (await pending()) === 0);
  await first.kill();

  // Nobody hears these, and they are tried again in 5 s of a clock that stands still.
  await mine(3);
  await until(async () => {
    const { body } = await dispatch.ask(shunfa, `/api/v1/subscriptions/${subscriptionId}/deliveries?limit=3`);
    return (body['items'] as { attempts: unknown[] }[]).every(({ attempts }) => attempts.length === 1);
  });
  expect(received()).toHaveLength(4);

  // It was killed in the middle of a write.
  appendFileSync(join(folder, 'events.ndjson'), '{"id":"cut off in 站');
  const second = await start(environment);
  await mine(2);
  await until(() => second.said().includes('pulled 3'));
  expect(received().toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);

  // What it has pulled is delivered all the same, and known.
  clock.moveTo(clock.now() + hour);
  await until(async () => (await pending()) === 0);
  await mine(1);
  await until(async () => received().length === 10 && (await pending()) === 0);
  expect(new Set(received()).size).toBe(10);
  expect(second.said()).not.toMatch(/error/i);
});
