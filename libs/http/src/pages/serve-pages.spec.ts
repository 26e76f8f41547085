import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { BuiltPages } from './built-pages.js';
import { servePages } from './serve-pages.js';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-pages-'));
const script = 'export const answer = 42;';

beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'assets/index-x1.js'), script);
  writeFileSync(join(folder, 'sw.js'), script);
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
  writeFileSync(join(folder, 'assets/index-x1.js.gz'), gzipSync(script));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function asked(url: string, headers: Readonly<Record<string, string>> = {}, method: 'GET' | 'POST' = 'GET') {
  const fastify = new FastifyAdapter().getInstance();
  const pages = BuiltPages.read(folder);
  if (pages) servePages(fastify, pages);
  return fastify.inject({ method, url, headers });
}

const browser = { accept: 'text/html,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };

it.each(['/', '/station/jindong', '/claim', '/truck/019a9c00-0000-7000-8000-000000000001'])(
  'opens the page at %s',
  async (url) => {
    const { statusCode, headers, body } = await asked(url, browser);
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(body).toContain('<title>page</title>');
  },
);

it('lets scripts come from here alone, and none stand in the page', async () => {
  const { headers } = await asked('/', browser);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/);
});

it('lets a file with a hash in its name be kept for ever, compressed for who takes that', async () => {
  const { headers, rawPayload } = await asked('/assets/index-x1.js', { 'accept-encoding': 'gzip, br' });
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['content-encoding']).toBe('gzip');
  expect(rawPayload).toEqual(gzipSync(script));
  expect((await asked('/assets/index-x1.js')).body).toBe(script);
});

it.each([
  ['sw.js', 'text/javascript; charset=utf-8'],
  ['manifest.webmanifest', 'application/manifest+json'],
])('has %s asked for each time: it names no version', async (file, type) => {
  const { statusCode, headers } = await asked(`/${file}`, { 'sec-fetch-mode': 'no-cors' });
  expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, type, 'no-cache']);
  expect(headers['content-security-policy']).toMatch(/worker-src 'self'.*|manifest-src 'self'/);
});

it('sends nothing again that has not changed', async () => {
  const { headers } = await asked('/', browser);
  expect((await asked('/', { ...browser, 'if-none-match': String(headers.etag) })).statusCode).toBe(304);
});

it.each([
  ['an address of the API', '/api/v1/nothing', browser, 'GET'],
  ['the API itself', '/api', browser, 'GET'],
  ['how the process is', '/health/nothing', browser, 'GET'],
  ['its figures', '/metrics', browser, 'GET'],
  ['a file that is gone', '/assets/index-x0.js', browser, 'GET'],
  ['a program that asks for something else', '/station/jindong', { accept: 'application/json' }, 'GET'],
  ['a script that asks for something else', '/nothing.js', { accept: '*/*', 'sec-fetch-mode': 'no-cors' }, 'GET'],
  ['a change', '/station/jindong', browser, 'POST'],
] as const)('leaves %s to others', async (_what, url, headers, method) => {
  expect((await asked(url, headers, method)).statusCode).toBe(404);
});

it('is not there where nothing is built', () => {
  expect(BuiltPages.read(join(folder, 'nowhere'))).toBeUndefined();
});
