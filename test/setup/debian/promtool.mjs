// Prints the path of Prometheus's own checker: the one that YIZHAN_TEST_PROMTOOL names, the installed one, or Debian's. Where there can be
// none it ends with 3, and says why.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { unpacked } from './unpacked.mjs';

function isInstalled() {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return false;
  }
}

async function promtool() {
  const named = process.env.YIZHAN_TEST_PROMTOOL;
  if (named) return named;
  if (isInstalled()) return 'promtool';
  const root = await unpacked(['prometheus'], { what: 'promtool', variable: 'YIZHAN_TEST_PROMTOOL' });
  return join(root, 'usr/bin/promtool');
}

try {
  process.stdout.write(await promtool());
} catch (error) {
  if (error.name !== 'ProgramUnavailableError') throw error;
  process.stderr.write(error.message);
  process.exitCode = 3;
}
