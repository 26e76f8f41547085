// Every page in both languages, light and dark, on a phone, a tablet and a desktop: into out/screenshots, to be looked at.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const jest = 'node_modules/jest/bin/jest.js';
const { status } = spawnSync(
  process.execPath,
  [jest, '--selectProjects', 'browser', '--testPathPatterns', 'every-page'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, YIZHAN_TEST_SCREENSHOTS: 'out/screenshots' } },
);
process.exitCode = status ?? 1;
