import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));

const withHost = Object.entries(packages).filter(([, { resolved }]) => /^https?:/.test(resolved ?? ''));
if (withHost.length > 0) {
  process.stdout.write(`package-lock.json names a registry host for ${withHost.map(([path]) => path).join(', ')}\n`);
  process.exitCode = 1;
}

const { status, stderr } = spawnSync('npm', ['ci', '--dry-run', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'ignore', 'pipe'],
  shell: process.platform === 'win32',
});
if (status !== 0) {
  process.stdout.write(`npm ci refuses package-lock.json:\n${stderr}\n`);
  process.exitCode = 1;
}
