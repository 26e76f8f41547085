// Programs of Debian's packages, unpacked in a folder of our own: without root, and nothing is installed.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const tenMinutes = 600_000;

/** It is not here, and why it can not be had. */
export class ProgramUnavailableError extends Error {
  constructor(reason) {
    super(reason);
    this.name = 'ProgramUnavailableError';
  }
}

export const cacheFolder = () => process.env.YIZHAN_TEST_CHROMIUM_CACHE ?? join(homedir(), '.cache/yizhan/chromium');

/** Every folder of shared libraries of unpacked packages, as the loader wants them. */
export const librariesIn = (root) =>
  ['usr/lib', 'lib'].flatMap((folder) => withLibraries(join(root, folder))).join(':');

/** Every folder below that has shared libraries: some packages keep theirs in one of their own. */
function withLibraries(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some(({ name }) => /\.so(\.|$)/.test(name)) ? [folder] : [];
  const below = entries.filter((entry) => entry.isDirectory() && entry.name !== 'chromium');
  return [...own, ...below.flatMap(({ name }) => withLibraries(join(folder, name)))];
}

/** The folder in which these packages lie with all that they need. @throws ProgramUnavailableError */
export async function unpacked(packages, { what, variable }, before = () => undefined) {
  const cache = cacheFolder();
  const root = join(cache, packages.join('+'));
  if (!existsSync(root)) {
    before();
    await unpack(cache, root, packages, { what, variable });
  }
  return root;
}

async function unpack(cache, root, packages, { what, variable }) {
  // Of this process alone: another one may fetch something else.
  const apt = join(cache, `apt.${process.pid}`);
  const archives = join(apt, 'archives');
  for (const folder of ['lists/partial', 'archives/partial']) mkdirSync(join(apt, folder), { recursive: true });
  // Folders of our own, so that nobody has to be root, and nothing is installed.
  const own = [
    ['Dir::State::lists', join(apt, 'lists')],
    ['Dir::Cache', apt],
    ['Debug::NoLocking', '1'],
    ['APT::Sandbox::User', ''],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  try {
    await run('apt-get', [...own, '-qq', 'update'], { timeout: tenMinutes });
    const fetch = ['-qq', '-y', '--no-install-recommends', '--download-only', 'install', ...packages];
    await run('apt-get', [...own, ...fetch], { timeout: tenMinutes, maxBuffer: 16 * 1024 * 1024 });
    const draft = `${root}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    for (const name of readdirSync(archives).filter((each) => each.endsWith('.deb')))
      await run('dpkg-deb', ['-x', join(archives, name), draft]);
    // The folder gets its name last: what is there is complete.
    renameSync(draft, root);
    rmSync(apt, { recursive: true, force: true });
  } catch (error) {
    throw new ProgramUnavailableError(
      `${what} can not be fetched with apt (${String(error.message).split('\n')[0]}); ${variable} can name one`,
    );
  }
}
