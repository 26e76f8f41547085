import { Agent, createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { UpstreamPool } from './upstream-pool.js';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterAll(() => agent.destroy());

it('leaves alone what could not be asked, until it says that it is ready', async () => {
  const server = createServer((_request, response) => response.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pool = new UpstreamPool(() => [{ address }, { address: undefined }], agent);
  expect(pool.inTurn()).toEqual([address]);
  pool.failed(address);
  expect(pool.inTurn()).toEqual([]);
  expect(pool.isReady).toBe(false);
  await pool.probe();
  expect(pool.inTurn()).toEqual([address]);
  server.close();
  server.closeAllConnections();
  await pool.probe();
  expect(pool.isReady).toBe(false);
});

it('follows a process to its new address', () => {
  const upstream = { address: 'http://127.0.0.1:1' };
  const pool = new UpstreamPool(() => [upstream], agent);
  pool.failed(upstream.address);
  upstream.address = 'http://127.0.0.1:2';
  expect(pool.inTurn()).toEqual(['http://127.0.0.1:2']);
});

it('asks over one connection, and goes to the slow where nobody is ready', async () => {
  let connections = 0;
  let answers = true;
  const server = createServer((_request, response) => void (answers && response.end()));
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slow = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pool = new UpstreamPool(() => [{ address: slow }], agent);
  for (let turn = 0; turn < 3; turn += 1) await pool.probe();
  expect(connections).toBe(1);
  answers = false;
  await pool.probe();
  expect(pool.isReady).toBe(false);
  expect(pool.inTurn()).toEqual([slow]);
  server.close();
  server.closeAllConnections();
});
