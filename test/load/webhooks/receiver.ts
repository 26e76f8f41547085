import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An endpoint in a process of its own: takes everything at once, and sends a challenge back. */
const server = createServer((request, response) => {
  if (request.headers['yizhan-delivery-number'] !== undefined || request.headers['x-bare'] !== undefined) {
    request.resume().on('end', () => response.writeHead(204).end());
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    const { data } = JSON.parse(body) as { data: object };
    response.writeHead(200).end(JSON.stringify(data));
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.on('disconnect', () => process.exit());
