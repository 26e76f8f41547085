import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from './compose-file.js';

let server: Server;
let status: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(request.url === '/health/live' ? status : 404).end('{"status":"…"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => server.close());

async function askAt(port: number): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [join(root, 'docker/health.mjs')], {
    env: { ...process.env, YIZHAN_HTTP_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

const port = (): number => (server.address() as AddressInfo).port;

it.each([
  [200, 0],
  [503, 1],
])('where /health/live answers %i it exits with %i', async (answer, code) => {
  status = answer;
  expect(await askAt(port())).toEqual({ code, said: `${answer} {"status":"…"}\n` });
});

it('exits with 1 where nobody answers', async () => {
  const unused = createServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const { port: free } = unused.address() as AddressInfo;
  unused.close();
  await once(unused, 'close');
  expect(await askAt(free)).toEqual({ code: 1, said: expect.stringContaining('ECONNREFUSED') });
});
