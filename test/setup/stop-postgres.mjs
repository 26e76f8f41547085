import { once } from 'node:events';

export default async function stopPostgres() {
  const server = globalThis.yizhanTestPostgres;
  if (!server || server.exitCode !== null) return;
  server.stdin.end();
  await once(server, 'exit');
}
