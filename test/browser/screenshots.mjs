// Every page in both languages, light and dark, on a phone, a tablet and a desktop: into out/screenshots, to be looked at.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const help = `Usage: npm run screenshots

Writes a picture of every page of the console into out/screenshots: in Chinese (light) and English (dark), on a phone, a
tablet and a desktop, and of each drawer, dialog and form of a step. Chromium is fetched where it is not there yet. About
six minutes.

Examples:
  npm run screenshots
  npm run screenshots -- --pages carrier    only the pages of carriers
`;

const { values } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, pages: { type: 'string', default: 'every-page|carrier.browser' } },
});
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const jest = 'node_modules/jest/bin/jest.js';
const { status } = spawnSync(
  process.execPath,
  [jest, '--selectProjects', 'browser', '--testPathPatterns', values.pages],
  { cwd: root, stdio: 'inherit', env: { ...process.env, YIZHAN_TEST_SCREENSHOTS: 'out/screenshots' } },
);
process.exitCode = status ?? 1;
