import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { UpstreamPool } from './upstream-pool.js';

it('leaves alone what could not be asked, until it says that it is ready', async () => {
  const server = createServer((_request, response) => response.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pool = new UpstreamPool(() => [{ address }, { address: undefined }]);
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
  const pool = new UpstreamPool(() => [upstream]);
  pool.failed(upstream.address);
  upstream.address = 'http://127.0.0.1:2';
  expect(pool.inTurn()).toEqual(['http://127.0.0.1:2']);
});
