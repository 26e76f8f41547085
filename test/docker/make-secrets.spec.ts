import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TokenSigner, TokenVerifier, type VerifyingKey } from '@yizhan/identity';
import { readWrappingKey } from '@yizhan/keystore';
import { ownerRole, servicePlaces } from '@yizhan/persistence';
import { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';
import { readSigningKey } from '../../apps/yizhan/src/runtime/data/signing-key.js';
import { readCompose, readText, root, secretsOf } from './compose-file.js';

const cluster = readCompose('cluster');
const roles = Object.values(servicePlaces).map(({ role }) => role);
const parent = mkdtempSync(join(tmpdir(), 'yizhan-secrets-'));
const folder = join(parent, 'secrets');

function makeSecrets(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'docker/make-secrets.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const texts = (): Record<string, string> => Object.fromEntries(readdirSync(folder).map((name) => [name, textOf(name)]));

beforeAll(() => expect(makeSecrets('--out', folder)).toMatchObject({ status: 0, stderr: '' }));
afterAll(() => rmSync(parent, { recursive: true }));

it('writes the files that the cluster names, and no others', () => {
  const declared = Object.entries(cluster.secrets ?? {});
  expect(declared).toEqual(declared.map(([name]) => [name, { file: `./secrets/${name}` }]));
  expect(readdirSync(folder).toSorted()).toEqual(declared.map(([name]) => name).toSorted());
});

it('has each of them read by somebody, and nobody read another', () => {
  const used = Object.values(cluster.services).flatMap(secretsOf);
  expect(new Set(used)).toEqual(new Set(Object.keys(cluster.secrets ?? {})));
});

it('gives every variable that names a file one that is mounted there', () => {
  for (const { environment = {}, secrets = [] } of Object.values(cluster.services)) {
    const mounted = secrets.map((each) => (typeof each === 'string' ? `/run/secrets/${each}` : each.target));
    const named = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'));
    expect(mounted).toEqual(expect.arrayContaining(named.map(([, file]) => file)));
  }
});

it('lets nobody past the folder, and every user of a container read what it is given', () => {
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o444);
});

it('makes every secret a long one of its own', () => {
  const passwords = ['postgres', 'grafana-admin', ...roles].map(textOf);
  expect(new Set(passwords).size).toBe(passwords.length);
  for (const password of passwords) expect(password).toMatch(/^[\w-]{32}$/);
});

it('gives migrate the same passwords as the services, for every role', () => {
  const { roles: passwords, admin, id } = new DataDirectory(folder).readSecrets();
  expect(Object.keys(passwords).toSorted()).toEqual([ownerRole, ...roles].toSorted());
  for (const role of roles) expect(passwords[role]).toBe(textOf(role));
  expect([admin, id]).toEqual([textOf('postgres'), expect.stringMatching(/^[\da-f-]{36}$/)]);
});

it('makes a key that tokens are signed with, and its public half for the services', async () => {
  const home = join(parent, 'home');
  mkdirSync(home);
  mkdirSync(join(home, 'keys'));
  symlinkSync(join(folder, 'token-signing.json'), join(home, 'keys/token-signing.json'));
  const signer = await TokenSigner.of(readSigningKey(new DataDirectory(home)));
  const { keys } = JSON.parse(textOf('token-keys.json')) as { keys: VerifyingKey[] };
  expect(keys).toEqual([expect.not.objectContaining({ d: expect.anything() })]);
  const token = await signer.sign({ sub: 'administrator:me', role: 'administrator' }, 60);
  expect(await TokenVerifier.of(keys).verify(token)).toMatchObject({ role: 'administrator' });
});

it('makes a key that the keystore takes', () => {
  expect(readWrappingKey(textOf('keystore-wrapping.json'))).toMatchObject({ kty: 'oct' });
});

it('overwrites nothing', () => {
  const before = texts();
  expect(makeSecrets('--out', folder)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('none is overwritten'),
  });
  expect(makeSecrets('--out', folder, '--add-missing')).toMatchObject({ status: 0, stdout: 'nothing is missing\n' });
  expect(texts()).toEqual(before);
});

it('adds a role that a newer version has, and keeps the rest', () => {
  const before = texts();
  const data = JSON.parse(before['secrets.json']) as { roles: Record<string, string> };
  rmSync(join(folder, 'yizhan_dispatch'));
  expect(makeSecrets('--out', folder, '--add-missing')).toMatchObject({ status: 0 });
  const added = textOf('yizhan_dispatch');
  expect(added).not.toBe(before['yizhan_dispatch']);
  expect(texts()).toEqual({ ...before, yizhan_dispatch: added, 'secrets.json': expect.any(String) });
  expect(JSON.parse(textOf('secrets.json'))).toEqual({ ...data, roles: { ...data.roles, yizhan_dispatch: added } });
});

it('says what it does, and refuses what it does not know', () => {
  expect(makeSecrets('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage:') });
  expect(makeSecrets('--force')).toMatchObject({
    status: 2,
    stderr: 'make-secrets: unknown option --force; see --help\n',
  });
});

it('writes to a folder that git and the image leave out', () => {
  expect(readText('.gitignore').split('\n')).toContain('/docker/secrets/');
  const [first, ...others] = readText('.dockerignore')
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  expect(first).toBe('*');
  const kept = others.filter((line) => line.startsWith('!')).map((line) => resolve(root, line.slice(1)));
  expect(kept.filter((path) => resolve(root, 'docker/secrets').startsWith(path))).toEqual([]);
});
