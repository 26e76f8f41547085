import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as wholeOf } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { judgeCertificates } from '../doctor/local-network.js';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { readAuthority } from './authority.js';
import { readLanFile } from './lan-file.js';
import { LanServer } from './lan-server.js';

const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'yizhan-lan-'));
const directory = new DataDirectory(join(folder, 'data'));
let now = Date.now();
const clock = { now: () => now };
let server: LanServer;

const optionsOf = (port: number) => ({
  address: '127.0.0.2',
  port,
  trustPort: 0,
  directory,
  clock,
  answer: (_: unknown, response: { end: (text: string) => void }) => response.end('the product'),
  tell: () => undefined,
  onFault: (where: string, error: unknown) => {
    throw new Error(where, { cause: error });
  },
});

beforeAll(async () => {
  directory.makeFolder();
  server = await LanServer.open(optionsOf(0));
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const authority = (): string => readAuthority(directory)?.certificate ?? '';

async function asked(url: string, headers: Readonly<Record<string, string>> = {}) {
  const request = url.startsWith('https:')
    ? getSecurely(url, { ca: authority(), agent: false })
    : get(url, { headers, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await wholeOf(response) };
}

it('serves the product over HTTPS, with a certificate of the local authority', async () => {
  expect(server.address).toMatch(/^https:\/\/127\.0\.0\.2:\d+$/);
  expect(await asked(server.address)).toMatchObject({ status: 200, body: 'the product' });
});

it('serves over HTTP what a tablet needs to trust it: the page, and the authority in two forms', async () => {
  const page = await asked(server.trustAddress, { 'accept-language': 'zh-CN,zh;q=0.9' });
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  for (const shown of [server.fingerprint, server.address, server.trustAddress, '<svg', '安卓', 'iPad', 'Windows'])
    expect(page.body).toContain(shown);
  expect((await asked(server.trustAddress, { 'accept-language': 'en-GB' })).body).toContain('Before you install');
  const certificate = await asked(`${server.trustAddress}yizhan.crt`);
  expect(certificate.headers['content-type']).toBe('application/x-x509-ca-cert');
  const profile = await asked(`${server.trustAddress}yizhan.mobileconfig`);
  const [, data = ''] = /<data>\n([\s\S]+?)\n\s*<\/data>/.exec(profile.body) ?? [];
  expect(new X509Certificate(Buffer.from(data, 'base64')).fingerprint256).toBe(server.fingerprint);
});

it.each(['api/v1/stations', 'claim', 'yizhan.key', 'api/docs', '..%2fkeys'])(
  'serves nothing else over HTTP: %s',
  async (path) => {
    expect(await asked(`${server.trustAddress}${path}`)).toMatchObject({ status: 404, body: 'not found\n' });
  },
);

it('exchanges its certificate when half of its life is over, and keeps its authority', async () => {
  const [before, root] = [readLanFile(directory)?.certificate, authority()];
  now += 6 * day;
  expect(await server.renewIfDue()).toBe(false);
  now += 2 * day;
  expect(await server.renewIfDue()).toBe(true);
  const lan = readLanFile(directory)!;
  expect(lan.certificate).not.toBe(before);
  expect(authority()).toBe(root);
  expect(judgeCertificates(root, lan, clock.now())).toMatchObject({ state: 'ok' });
});

it('exchanges it where the clock was set back to before it holds, as no tablet would take it', async () => {
  now -= 3 * day;
  expect(await server.renewIfDue()).toBe(true);
  const { validFrom } = new X509Certificate(readLanFile(directory)?.certificate ?? '');
  expect(Date.parse(validFrom)).toBeLessThan(now);
  expect(await server.renewIfDue()).toBe(false);
});

it('is judged by the doctor: run out, of another address, and a clock that has gone back', () => {
  const lan = readLanFile(directory)!;
  const judge = (at: number, address = lan.address) => judgeCertificates(authority(), { ...lan, address }, at).says;
  expect(judge(clock.now() + 20 * day)).toMatch(/^it has run out/);
  expect(judge(clock.now() + 3_620 * day)).toMatch(/run/);
  expect(judge(clock.now() + 3_700 * day)).toMatch(/^the local authority has run out/);
  expect(judge(clock.now(), '192.168.1.5')).toBe('the certificate does not name 192.168.1.5');
  expect(judge(0)).toMatch(/^the clock says 1970/);
});

it('refuses a port that is taken and an address that is not of this machine, and leaves nothing open', async () => {
  const port = Number(new URL(server.address).port);
  await expect(LanServer.open(optionsOf(port))).rejects.toMatchObject({
    exitCode: 3,
    message: `port ${port} on 127.0.0.2 is taken by another program`,
    mend: 'Choose another with --lan-port.',
  });
  await expect(LanServer.open({ ...optionsOf(0), address: '10.254.254.254' })).rejects.toMatchObject({
    exitCode: 3,
    message: '10.254.254.254 is no address of this machine',
  });
});
