import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { ManualClock, SystemClock } from '@yizhan/kernel';
import { DataDirectory } from '../runtime/data/data-directory.js';
import {
  authorityFile,
  ensureAuthority,
  issueCertificate,
  type KeyPair,
  makeAuthority,
  readAuthority,
} from './authority.js';

const day = 86_400_000;
const clock = new SystemClock();
const folder = mkdtempSync(join(tmpdir(), 'yizhan-authority-'));
const directory = new DataDirectory(join(folder, 'data'));
let authority: KeyPair;

beforeAll(async () => {
  directory.makeFolder();
  authority = await ensureAuthority(directory, clock, () => undefined);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What a client that trusts the authority says of a server that shows a certificate. */
async function judged({ certificate, key }: KeyPair, servername: string, ca = authority.certificate): Promise<string> {
  const server = createServer({ cert: certificate, key }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const checkedName = /^[\d.]+$/.test(servername) ? { host: servername } : { host: '127.0.0.1', servername };
  const socket = connect({ ...checkedName, port, ca });
  try {
    await once(socket, 'secureConnect');
    return 'trusted';
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Node has no code for every verdict of OpenSSL.
    return code === 'UNSPECIFIED' ? message : (code ?? message);
  } finally {
    socket.destroy();
    server.close();
  }
}

it('signs what a client that trusts it accepts, by address and by name', async () => {
  const leaf = await issueCertificate(authority, ['127.0.0.1', 'pc-7.local'], clock);
  expect(await judged(leaf, '127.0.0.1')).toBe('trusted');
  expect(await judged(leaf, 'pc-7.local')).toBe('trusted');
  expect(await judged(leaf, 'pc-8.local')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});

it('is trusted by nobody who has not been told', async () => {
  const leaf = await issueCertificate(authority, ['127.0.0.1'], clock);
  const other = await makeAuthority(clock);
  expect(await judged(leaf, '127.0.0.1', other.certificate)).toMatch(/UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/);
});

it.each([
  [['example.com'], 'example.com'],
  [['127.0.0.1', '8.8.8.8'], '127.0.0.1'],
] as const)('can sign for nothing of the internet: %j', async (names, asked) => {
  const leaf = await issueCertificate(authority, names, clock);
  expect(await judged(leaf, asked)).toBe('permitted subtree violation');
});

it('makes certificates that are short-lived, for a server alone, and begin a day ago', async () => {
  const { certificate } = await issueCertificate(authority, ['192.168.1.5'], clock);
  const leaf = new X509Certificate(certificate);
  expect(leaf.ca).toBe(false);
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(15 * day);
  expect(leaf.checkIP('192.168.1.5')).toBe('192.168.1.5');
});

it('keeps its key where only its owner can read it, and is the same at the next start', async () => {
  expect(statSync(authorityFile(directory)).mode & 0o777).toBe(0o600);
  expect(await ensureAuthority(directory, clock, () => undefined)).toEqual(authority);
});

it('is made anew when it has run out, and says so', async () => {
  const said: string[] = [];
  const later = new ManualClock(clock.now() + 3_640 * day);
  const next = await ensureAuthority(directory, later, (line) => said.push(line));
  expect(next.certificate).not.toBe(authority.certificate);
  expect(said).toEqual([expect.stringContaining('every tablet has to trust anew')]);
});

it('says of a damaged file what to do', () => {
  const file = authorityFile(directory);
  chmodSync(file, 0o600);
  writeFileSync(file, '{"certificate": "half');
  expect(() => readAuthority(directory)).toThrow(`${file} is damaged`);
});
