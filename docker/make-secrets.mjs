#!/usr/bin/env node
// Runs before anything is installed, and in the image: only what Node itself brings.
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Roles of the database, each with a file that holds its password. The owner works in `yizhan migrate` alone. */
const roleFiles = [
  'yizhan_sequencer',
  'yizhan_station',
  'yizhan_scheduler',
  'yizhan_dispatch',
  'yizhan_command_centre',
];
const ownerRole = 'yizhan_owner';
const adminFile = 'postgres';

const newPassword = () => randomBytes(24).toString('base64url');

/** An Ed25519 key as a JWK, whose `kid` is its thumbprint (RFC 7638). */
function newSigningKey() {
  const { kty, crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { kty, crv, x, d, alg: 'EdDSA', use: 'sig', kid };
}

function publicKeyOf({ d: _private, ...rest }) {
  return rest;
}

/** The key that the keystore's keys are wrapped with, as a JWK with its thumbprint. */
function newWrappingKey() {
  const k = randomBytes(32).toString('base64url');
  const kid = createHash('sha256')
    .update(JSON.stringify({ k, kty: 'oct' }))
    .digest('base64url');
  return { kty: 'oct', kid, k };
}

/** Each file with what makes its text; a later one may be made from an earlier one. */
const secretFiles = {
  [adminFile]: newPassword,
  ...Object.fromEntries(roleFiles.map((role) => [role, newPassword])),
  'grafana-admin': newPassword,
  'keystore-wrapping.json': () => JSON.stringify(newWrappingKey()),
  'webhook-wrapping.json': () => JSON.stringify(newWrappingKey()),
  'case-wrapping.json': () => JSON.stringify(newWrappingKey()),
  'slip-keys.json': () => JSON.stringify({ keys: [newSigningKey()] }),
  'token-signing.json': () => JSON.stringify(newSigningKey()),
  'token-keys.json': (textOf) => JSON.stringify({ keys: [publicKeyOf(JSON.parse(textOf('token-signing.json')))] }),
};

/** Holds the roles' passwords once more, for `yizhan migrate`: the secrets.json of a data directory. */
const dataFile = 'secrets.json';

function dataSecrets(textOf, { id = randomUUID(), roles = {} }) {
  const passwords = Object.fromEntries(roleFiles.map((role) => [role, textOf(role)]));
  return { id, admin: textOf(adminFile), roles: { [ownerRole]: newPassword(), ...roles, ...passwords } };
}

class SecretsError extends Error {}

/**
 * Writes what is missing. @returns names of the files that were written. @throws SecretsError where there are secrets
 * already and `addsMissing` is not set: whoever runs on them would be locked out.
 */
export function makeSecrets(folder, { addsMissing = false } = {}) {
  const pathOf = (name) => join(folder, name);
  const textOf = (name) => readFileSync(pathOf(name), 'utf8');
  const present = [...Object.keys(secretFiles), dataFile].filter((name) => existsSync(pathOf(name)));
  if (present.length > 0 && !addsMissing) {
    throw new SecretsError(`${folder} holds secrets already, and none is overwritten: ${present.join(', ')}`);
  }
  mkdirSync(folder, { recursive: true });
  // Nobody else on this machine gets past the folder. In a container each file is mounted alone, for whatever user it has.
  chmodSync(folder, 0o700);
  const write = (name, text) => {
    writeFileSync(pathOf(name), text, { flag: 'wx', mode: 0o600 });
    chmodSync(pathOf(name), 0o444);
  };
  const missing = Object.keys(secretFiles).filter((name) => !present.includes(name));
  for (const name of missing) write(name, secretFiles[name](textOf));
  if (missing.length === 0 && present.includes(dataFile)) return [];
  // Gets the roles that have come in between, and keeps everything else that is in it.
  const before = present.includes(dataFile) ? JSON.parse(textOf(dataFile)) : {};
  write(`${dataFile}.new`, JSON.stringify(dataSecrets(textOf, before), null, 2));
  renameSync(pathOf(`${dataFile}.new`), pathOf(dataFile));
  return [...missing, dataFile];
}

const help = `Usage: node docker/make-secrets.mjs [--add-missing] [--out <folder>]

Writes the random secrets that docker/cluster.yml runs on to docker/secrets:

  postgres            password of PostgreSQL's superuser
  yizhan_<service>    password of each service's role in the database
  secrets.json        the same, for "yizhan migrate", which gives them to the roles
  token-signing.json  key that "yizhan token" signs with
  token-keys.json     its public half, which the services check tokens with
  keystore-wrapping.json  key that the keys of personal data are wrapped with
  webhook-wrapping.json   key that the keys of webhook secrets are wrapped with
  case-wrapping.json      key that the keys of what is written down in cases are wrapped with
  slip-keys.json          keys that handoff slips are signed with
  grafana-admin       password of Grafana's user "admin"

No password and no key that is there is ever overwritten.

Options:
  --add-missing   keep what is there and write only what is missing
  --out <folder>  another folder
  --help          this text

Exit codes:
  0  written
  2  there are secrets already, or an option is unknown
`;

function readOptions(args) {
  const options = { folder: fileURLToPath(new URL('secrets', import.meta.url)), addsMissing: false };
  for (let next = args.shift(); next !== undefined; next = args.shift()) {
    if (next === '--add-missing') options.addsMissing = true;
    else if (next === '--out' && args.length > 0) options.folder = resolve(args.shift());
    else throw new SecretsError(`unknown option ${next}; see --help`);
  }
  return options;
}

function main(args) {
  if (args.includes('--help')) return process.stdout.write(help);
  try {
    const { folder, ...options } = readOptions(args);
    const written = makeSecrets(folder, options);
    process.stdout.write(written.length === 0 ? 'nothing is missing\n' : `${folder}: wrote ${written.join(', ')}\n`);
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    process.stderr.write(`make-secrets: ${error.message}\n`);
    process.exitCode = 2;
  }
  return undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
