import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { adminRole } from '../runtime/postgres/postgres-cluster.js';

const main = resolve(__dirname, '../../../../dist/programs/yizhan.mjs');
const data = join(tmpdir(), `yizhan-parked-${randomUUID()}`);
const environment = { ...process.env, LANG: 'C', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '' };

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [main, ...args, '--data', data],
      { env: { ...environment, ...extra } },
      (_error, stdout, stderr) => done({ code: child.exitCode, stdout, stderr }),
    );
  });
}

const parked = (...args: string[]): Promise<Ran> => run(['parked', ...args]);

let product: ChildProcess;
let address: string;

async function start(): Promise<void> {
  product = spawn(process.execPath, [main, 'start', '--data', data, '--port', '0', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await Promise.race([
    once(product.stdout!.setEncoding('utf8'), 'data'),
    once(product, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${String(code)}`))),
  ])) as [string];
  ({ address } = JSON.parse(line) as { address: string });
}

async function stop(): Promise<void> {
  product.kill('SIGTERM');
  await once(product, 'exit');
}

/** Where the database of the product that runs is, for its superuser. */
function databaseUrl(): string {
  const { port } = JSON.parse(readFileSync(join(data, 'postgres.json'), 'utf8')) as { port: number };
  const { admin } = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as { admin: string };
  return `postgres://${adminRole}:${encodeURIComponent(admin)}@127.0.0.1:${port}/yizhan`;
}

async function sql<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: databaseUrl() });
  await client.connect();
  try {
    return (await client.query<T>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

async function post(token: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
}

/** Parks a subject's events as if the station had failed at `first`, all of them in one area. */
const park = (first: number): Promise<unknown> =>
  sql(
    `INSERT INTO station.parked_events (consumer_group, position, partition_key, subject, type, document, state, attempts, parked_at)
     SELECT 'station', e.position, 'jinhua', e.subject, e.type, e.document,
            CASE e.position WHEN $1 THEN 'parked' ELSE 'waiting' END, CASE e.position WHEN $1 THEN 5 ELSE 0 END, 1700000000000
     FROM event_log.entries e WHERE e.subject = (SELECT subject FROM event_log.entries WHERE position = $1)`,
    [first],
  );

/** The product tries what nobody listens to, and says so: that it has tried is what can be seen from outside. */
async function untilTried(position: number): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const tried = await sql(
      `SELECT 1 FROM station.parked_events WHERE position = $1 AND attempts = 1 AND error LIKE '%no handler%'`,
      [position],
    );
    if (tried.length > 0) return;
    if (performance.now() - begun > 10_000) throw new Error(`event ${position} was not tried`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

jest.setTimeout(120_000);

/** policy/cn-freight at 1 and 2, policy/cn-strict at 3. */
beforeAll(async () => {
  await start();
  const token = (await run(['token', '--role', 'administrator'])).stdout.trim();
  for (const areaCode of ['jinhua', 'ningbo']) await post(token, '/api/v1/areas', { areaCode, name: areaCode });
  for (const [areaCode, policyId] of [
    ['jinhua', 'cn-freight'],
    ['ningbo', 'cn-freight'],
    ['jinhua', 'cn-strict'],
  ]) {
    await post(token, `/api/v1/areas/${areaCode}/policies`, { policyId });
  }
  for (const first of [1, 3]) await park(first);
  // A consumer knows what is parked from its start on.
  await stop();
  await start();
});

afterAll(async () => {
  if (product.exitCode === null && product.signalCode === null) await stop();
  discardDataDirectory(new DataDirectory(data));
});

describe('npx yizhan parked beside the product', () => {
  it('discards the first of a subject, and the product goes on with the next by itself', async () => {
    expect(await parked('discard', 'station', '1', '--reason', 'published twice')).toEqual({
      code: 0,
      stdout: 'discarded event 1 of policy/cn-freight; the later ones go on\n',
      stderr: '',
    });
    await untilTried(2);
  });

  it('releases a subject, which the product tries', async () => {
    expect((await parked('release', 'station', 'policy/cn-strict')).stdout).toBe('released 1 event of 1 subject\n');
    await untilTried(3);
  });

  it('ends with exit code 2 where it is asked for what there is not', async () => {
    const wrong = [['nonsense'], ['show', 'station', '99'], ['discard', 'station', '99', '--reason', 'x']];
    const ran = await Promise.all(wrong.map((args) => parked(...args)));
    expect(ran.map(({ code, stdout }) => [code, stdout])).toEqual(wrong.map(() => [2, '']));
  });

  it('sums up in Chinese, also while nothing runs', async () => {
    await stop();
    const { code, stdout } = await run(['parked'], { LANG: 'zh_CN.UTF-8' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/消费组 .* 类型 .* 错误 .* 待人工/);
    expect(stdout).toMatch(/station .* no handler for yizhan.policy.published.v1/);
  });
});
