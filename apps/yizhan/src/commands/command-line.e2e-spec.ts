import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { isRunning, isZombie } from '../runtime/postgres/process-identity.js';

const main = resolve(__dirname, '../../../../dist/programs/yizhan.mjs');
const data = join(tmpdir(), `yizhan-e2e-${randomUUID()}`);
const environment = { ...process.env, LANG: 'C', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '' };

function run(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: environment,
  });
  return { code: status, stdout, stderr };
}

interface Running {
  readonly process: ChildProcess;
  readonly address: string;
  /** What it has written to stderr so far. */
  said(): string;
}

async function startOn(directory: string): Promise<Running> {
  const child = spawn(process.execPath, [main, 'start', '--data', directory, '--port', '0', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const line = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}: ${said}`))),
  ]);
  const { address } = JSON.parse(line) as { address: string };
  return { process: child, address, said: () => said };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) throw new Error('it had ended by itself');
  child.kill(signal);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** Looks for at most half a minute: a machine may be busy. */
async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 300 && !isSo(); look += 1) await pause(100);
}

const clusterOf = (): string =>
  (JSON.parse(readFileSync(join(data, 'postgres.json'), 'utf8')) as { cluster: string }).cluster;

const postgresPid = (): number => {
  const file = join(clusterOf(), 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
};

jest.setTimeout(60_000);

describe('the command line', () => {
  let running: Running;

  const tokenFor = (...args: string[]): string => run('token', '--data', data, ...args).stdout.trim();

  async function ask(path: string, { token, body }: { token?: string; body?: object } = {}) {
    const response = await fetch(`${running.address}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && {
          'content-type': 'application/json',
          'idempotency-key': path,
        }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? await response.json() : undefined };
  }

  beforeAll(async () => {
    running = await startOn(data);
  });

  afterAll(async () => {
    if (running.process.exitCode === null && running.process.signalCode === null) await end(running.process, 'SIGTERM');
    discardDataDirectory(new DataDirectory(data));
  });

  it('keeps secrets that only their owner can read', () => {
    for (const name of ['secrets.json', 'keys/token-signing.json', 'yizhan.lock']) {
      expect(statSync(join(data, name)).mode & 0o077).toBe(0);
    }
  });

  it('refuses a second copy on the same data directory, in one line', () => {
    const { code, stdout, stderr } = run('start', '--data', data, '--port', '0');
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain(`(process ${running.process.pid}, ${running.address}) is working on ${data} already`);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says that it is well to everybody, and describes itself', async () => {
    for (const path of ['/health/live', '/health/ready', '/api/docs']) {
      expect((await ask(path)).status).toBe(200);
    }
    const { body } = await ask('/api/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0', paths: { '/api/v1/areas': { post: expect.anything() } } });
  });

  it('answers who has a token for it, and nobody else', async () => {
    const area = { areaCode: 'jinhua', name: '金华' };
    expect(await ask('/api/v1/areas', { body: area })).toMatchObject({ status: 401 });
    const driver = tokenFor('--role', 'driver', '--driver', 'R1');
    expect(await ask('/api/v1/areas', { token: driver, body: area })).toMatchObject({ status: 403 });
    const administrator = tokenFor('--role', 'administrator');
    expect(await ask('/api/v1/areas', { token: administrator, body: area })).toMatchObject({ status: 201, body: area });
    const body = { policyId: 'cn-freight' };
    expect((await ask('/api/v1/areas/jinhua/policies', { token: administrator, body })).status).toBe(201);
  });

  it('exports and migrates beside the copy that runs', () => {
    expect(run('migrate', '--check', '--json', '--data', data)).toMatchObject({
      code: 0,
      stdout: '{\n  "pending": []\n}\n',
    });
    const file = join(data, 'events.ndjson');
    const written = run('export', '--data', data, '--out', file, '--json');
    expect(JSON.parse(written.stdout)).toEqual({ events: 1, file });
    expect(run('parked', 'list', '--json', '--data', data)).toMatchObject({ code: 0, stdout: '[]\n' });
    expect(run('export', '--data', data).stdout).toBe(readFileSync(file, 'utf8'));
    expect(JSON.parse(run('verify', file, '--json').stdout)).toMatchObject({ ok: true, events: 1 });
  });

  it('says in the doctor that it runs, and finds nothing wrong', () => {
    const { code, stdout } = run('doctor', '--json', '--data', data, '--port', new URL(running.address).port);
    const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; says: string }[] };
    expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(checks.find(({ name }) => name === 'lock')?.says).toContain(`process ${running.process.pid}`);
    expect(code).toBe(0);
  });

  it('serves again after a kill -9, and takes the database over', async () => {
    const before = postgresPid();
    await end(running.process, 'SIGKILL');
    running = await startOn(data);
    expect(postgresPid()).toBe(before);
    const { body } = await ask('/api/v1/areas', { token: tokenFor('--role', 'administrator') });
    expect(body).toMatchObject({ items: [{ areaCode: 'jinhua' }] });
  });

  it('starts the database again when that is killed', async () => {
    const before = postgresPid();
    process.kill(before, 'SIGKILL');
    await until(() => ![0, before].includes(postgresPid()));
    expect({ isNew: ![0, before].includes(postgresPid()), said: running.said() }).toMatchObject({ isNew: true });
  });

  it('ends with its database at SIGTERM, with exit code 0', async () => {
    const pid = postgresPid();
    expect(pid).toBeGreaterThan(0);
    expect(await end(running.process, 'SIGTERM')).toBe(0);
    expect(isRunning(pid)).toBe(false);
    // What has ended leaves the table of processes once the first process of the machine has asked for it.
    await until(() => !isZombie(pid));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(join(data, 'yizhan.lock'))).toBe(false);
  });

  it('starts where the PostgreSQL that was killed has not left the table of processes yet', async () => {
    // The shell becomes a program that never asks for what it has begun: a zombie, until that program ends, too. It is of
    // PostgreSQL's own account, which minds no other's processes.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 6'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      uid: statSync(clusterOf()).uid,
    });
    const [text] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
    const zombie = Number(text);
    writeFileSync(join(clusterOf(), 'postmaster.pid'), `${zombie}\n${clusterOf()}\n1764403200\n5432\n\n\n\nready\n`);
    running = await startOn(data);
    expect(postgresPid()).not.toBe(zombie);
    expect(await end(running.process, 'SIGTERM')).toBe(0);
  });

  it('answers bad input with exit code 2 and one line', () => {
    const noExport = join(tmpdir(), `${randomUUID()}.ndjson`);
    writeFileSync(noExport, '\n');
    const wrong = [
      ['start', '--port', 'seventy'],
      ['start', '--host', 'not-an-address'],
      ['verify', '/nowhere/events.ndjson'],
      ['verify', noExport],
      ['verify'],
      ['unknown'],
      ['token', '--role', 'king', '--data', data],
      ['token', '--role', 'operator', '--data', data],
      ['token', '--role', 'driver', '--driver', 'R1', '--station', 'JD', '--data', data],
      ['token', '--role', 'administrator', '--expires', 'soon', '--data', data],
      ['parked', 'release', 'nobody', 'visit/1', '--data', data],
    ];
    expect(wrong.map((args) => run(...args).code)).toEqual(wrong.map(() => 2));
  });

  it('answers a folder that is no data directory with exit code 3', () => {
    const { code, stderr } = run('export', '--data', join(tmpdir(), randomUUID()));
    expect(code).toBe(3);
    expect(stderr).toContain('is no data directory of Yizhan');
  });

  it.each([
    [],
    ['start'],
    ['replay'],
    ['export'],
    ['verify'],
    ['decisions'],
    ['rebuild'],
    ['migrate'],
    ['backup'],
    ['restore'],
    ['doctor'],
    ['token'],
    ['parked', 'release'],
    ['cluster'],
    ['topics', 'provision'],
    ['refill'],
  ])('explains %s with examples and exit codes', (...args) => {
    const { code, stdout } = run(...args.filter((each) => typeof each === 'string'), '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}\$ npx yizhan [\s\S]+Exit codes:\n {2}0 {2}done/);
  });
});
