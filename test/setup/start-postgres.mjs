import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const serverFile = fileURLToPath(new URL('postgres-server.mjs', import.meta.url));

function firstLine(server) {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout.setEncoding('utf8').on('data', (part) => {
      text += part;
      if (text.includes('\n')) resolve(text.trim());
    });
    server.once('exit', (code) =>
      reject(new Error(`the test database did not start (exit ${code}); its own message stands above`)),
    );
  });
}

/**
 * One PostgreSQL for the run, unless the environment names one already. Workers find it as superuser at
 * `YIZHAN_TEST_PG_URL`; each test file makes its own database and roles there.
 */
export default async function startPostgres() {
  if (process.env.YIZHAN_TEST_PG_URL) return;
  const server = spawn(process.execPath, [serverFile], { stdio: ['pipe', 'pipe', 'inherit'] });
  process.env.YIZHAN_TEST_PG_URL = await firstLine(server);
  globalThis.yizhanTestPostgres = server;
}
