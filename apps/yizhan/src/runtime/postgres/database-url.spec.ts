import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { createDataSource } from '@yizhan/persistence';
import { Fault, messageOf, readDatabaseUrl } from '@yizhan/process';
import { makeCertificate } from '../../../../../test/support/certificate.js';
import { DatabaseServer } from './database-server.js';

const { certificate, key } = makeCertificate('localhost');
const folder = mkdtempSync(join(tmpdir(), 'yizhan-tls-'));
const rootFile = join(folder, 'root.pem');
const noCertificate = join(folder, 'nothing.pem');

/** Refuses everybody as soon as it knows who asks, and says how it was told. */
const refusal = (how: string): Buffer => {
  const body = Buffer.from(`SFATAL\0VFATAL\0C28P01\0Mtold ${how}\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

/** Speaks just enough of PostgreSQL to see whether a client begins in clear text. */
function fakePostgres(hasTls: boolean): Server {
  return createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      const isTlsRequest = first.length === 8 && first.readInt32BE(4) === 80_877_103;
      if (!isTlsRequest) return socket.end(refusal('in clear text'));
      if (!hasTls) return socket.end('N');
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, cert: certificate, key });
      secure.on('error', () => undefined);
      return secure.once('data', () => secure.end(refusal('over TLS')));
    });
  });
}

const withTls = fakePostgres(true);
const withoutTls = fakePostgres(false);
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  writeFileSync(rootFile, certificate);
  writeFileSync(noCertificate, 'nothing');
  for (const server of [withTls, withoutTls]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
});

afterAll(() => {
  withTls.close();
  withoutTls.close();
  rmSync(folder, { recursive: true });
});

const urlOf = (server: Server, query: string, host = 'localhost'): string =>
  `postgres://user:hidden@${host}:${portOf(server)}/yizhan${query}`;

/** What keeps the provisioning connection and a pool out. */
async function ends(url: string): Promise<readonly string[]> {
  const pool = createDataSource({ connection: readDatabaseUrl(url), applicationName: 'test', schema: 'station' });
  return Promise.all(
    [DatabaseServer.byUrl(url, { id: 'test', admin: '', roles: {} }), pool.initialize()].map((connecting) =>
      (connecting as Promise<unknown>).then(() => 'connected', messageOf),
    ),
  );
}

const bothSay = (text: RegExp): unknown => [expect.stringMatching(text), expect.stringMatching(text)];
const root = `&sslrootcert=${encodeURIComponent(rootFile)}`;

it.each([
  ['', 'localhost', /told in clear text/],
  ['?sslmode=disable', 'localhost', /told in clear text/],
  ['?sslmode=require', 'localhost', /told over TLS/],
  [`?sslmode=require${root}`, '127.0.0.1', /told over TLS/],
  ['?sslmode=verify-ca', 'localhost', /self-signed certificate/],
  [`?sslmode=verify-ca${root}`, '127.0.0.1', /told over TLS/],
  ['?sslmode=verify-full', 'localhost', /self-signed certificate/],
  [`?sslmode=verify-full${root}`, 'localhost', /told over TLS/],
  [`?sslmode=verify-full${root}`, '127.0.0.1', /IP: 127.0.0.1 is not in the cert/],
])('connects with %s to %s as it says, every connection alike', async (query, host, outcome) => {
  expect(await ends(urlOf(withTls, query, host))).toEqual(bothSay(outcome));
});

it.each(['require', 'verify-ca', 'verify-full'])('never falls back to clear text with sslmode=%s', async (mode) => {
  expect(await ends(urlOf(withoutTls, `?sslmode=${mode}`))).toEqual(bothSay(/does not support SSL/));
});

it.each([
  ['sslmode', '?sslmode=prefer'],
  ['sslmode', '?sslmode=require&sslmode=disable'],
  ['sslmode', `?sslrootcert=${rootFile}`],
  ['sslrootcert', '?sslmode=verify-full&sslrootcert=/nowhere.pem'],
  ['sslrootcert', `?sslmode=verify-full&sslrootcert=${noCertificate}`],
  ['sslkey', '?sslmode=require&sslkey=/key.pem'],
  ['ssl', '?ssl=true'],
  ['password', '?password=hidden'],
])('refuses what it would not honour and names %s in %s', (parameter, query) => {
  let fault: unknown;
  try {
    readDatabaseUrl(`postgres://user:hidden@localhost/yizhan${query}`);
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(Fault);
  const { exitCode, message } = fault as Fault;
  expect({ exitCode, message }).toEqual({ exitCode: 2, message: expect.stringContaining('YIZHAN_DATABASE_URL') });
  expect(message).toContain(parameter);
  expect(message).not.toContain('hidden');
});

it('reads an IPv6 address without its brackets', () => {
  expect(readDatabaseUrl('postgres://user@[::1]:5433/yizhan')).toMatchObject({ host: '::1', port: 5433, ssl: false });
});
