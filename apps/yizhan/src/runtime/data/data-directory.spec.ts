import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirectory, type Secrets } from './data-directory.js';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'yizhan-data-'));
});

function prepare(directory: DataDirectory): Secrets {
  directory.makeFolder();
  return directory.ensureSecrets();
}

afterEach(() => rmSync(parent, { recursive: true, force: true }));

it('makes a password for every role once, and keeps them to itself', () => {
  const directory = new DataDirectory(join(parent, 'deep', 'data'));
  const secrets = prepare(directory);
  const all = [secrets.admin, ...Object.values(secrets.roles)];
  expect(new Set(all).size).toBe(all.length);
  expect(all.every((each) => each.length >= 32)).toBe(true);
  expect(prepare(directory)).toEqual(secrets);
  expect(statSync(join(directory.path, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(directory.path).mode & 0o066).toBe(0);
});

it('adds a password for a role that an older version did not know', () => {
  const directory = new DataDirectory(join(parent, 'data'));
  const before = prepare(directory);
  const fewer = Object.fromEntries(Object.entries(before.roles).filter(([role]) => role !== 'yizhan_station'));
  writeFileSync(join(directory.path, 'secrets.json'), JSON.stringify({ ...before, roles: fewer }));
  const after = prepare(directory);
  expect(after.roles.yizhan_station).toHaveLength(32);
  expect(after.roles).toMatchObject(fewer);
});

it('gives an id of its own to a directory that an older version has made, and keeps it', () => {
  const directory = new DataDirectory(join(parent, 'data'));
  const { id: made, ...older } = prepare(directory);
  writeFileSync(join(directory.path, 'secrets.json'), JSON.stringify(older));
  const { id, ...rest } = prepare(directory);
  expect(rest).toEqual(older);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(id).not.toBe(made);
  expect(prepare(directory).id).toBe(id);
});

it('does not make new secrets for a database that was opened with others', () => {
  const directory = new DataDirectory(join(parent, 'data'));
  prepare(directory);
  writeFileSync(directory.postgresFile, '{}');
  rmSync(join(directory.path, 'secrets.json'));
  expect(() => prepare(directory)).toThrow('its secrets.json is missing');
});

it("leaves a folder with somebody else's files alone", () => {
  writeFileSync(join(parent, 'thesis.txt'), 'mine');
  expect(() => prepare(new DataDirectory(parent))).toThrow('is not empty and holds nothing of Yizhan');
  expect(readdirSync(parent)).toEqual(['thesis.txt']);
});

it('says that a file is no folder', () => {
  const file = join(parent, 'file');
  writeFileSync(file, '');
  expect(() => prepare(new DataDirectory(file))).toThrow('is a file, not a folder');
});

it('makes nothing where it is only asked to read', () => {
  const directory = new DataDirectory(join(parent, 'nowhere'));
  expect(() => directory.readSecrets()).toThrow('is no data directory of Yizhan');
  expect(existsSync(directory.path)).toBe(false);
});

it('says what to do about damaged secrets, and does not replace them', () => {
  const directory = new DataDirectory(join(parent, 'data'));
  prepare(directory);
  writeFileSync(join(directory.path, 'secrets.json'), '{');
  expect(() => prepare(directory)).toThrow('is damaged');
});
