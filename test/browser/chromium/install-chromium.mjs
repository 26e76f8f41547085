// Has a Chromium with a Chinese font at hand, and what makes it trust an authority: the system's, or Debian's packages unpacked
// in a folder of our own, without root.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const browserPackages = ['chromium', 'fonts-wqy-microhei', 'fonts-dejavu-core'];
const trustPackages = ['libnss3-tools'];
const tenMinutes = 600_000;

/** It is not here, and why it can not be had. */
export class BrowserUnavailableError extends Error {
  constructor(reason) {
    super(reason);
    this.name = 'BrowserUnavailableError';
  }
}

const cacheFolder = () => process.env.YIZHAN_TEST_CHROMIUM_CACHE ?? join(homedir(), '.cache/yizhan/chromium');

/** How a program is started. */
const started = (executablePath, env = {}) => ({ executablePath, env });

const librariesIn = (root) => ['usr/lib', 'lib'].flatMap((folder) => withLibraries(join(root, folder))).join(':');

/** Every folder below that has shared libraries: some packages keep theirs in one of their own. */
function withLibraries(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some(({ name }) => /\.so(\.|$)/.test(name)) ? [folder] : [];
  const below = entries.filter((entry) => entry.isDirectory() && entry.name !== 'chromium');
  return [...own, ...below.flatMap(({ name }) => withLibraries(join(folder, name)))];
}

/** @throws BrowserUnavailableError */
export async function installChromium(tell = () => undefined) {
  const named = process.env.YIZHAN_TEST_CHROMIUM;
  if (named) return started(named);
  if (existsSync('/usr/bin/chromium')) return started('/usr/bin/chromium');
  const root = await unpacked(browserPackages, 'Chromium', () =>
    tell('fetching Chromium for the tests from the mirror of this Debian, about 100 MB, once'),
  );
  const fonts = join(root, 'fonts.conf');
  writeFileSync(fonts, fontsOf(root, cacheFolder()));
  const env = { LD_LIBRARY_PATH: librariesIn(root), FONTCONFIG_FILE: fonts };
  return started(join(root, 'usr/lib/chromium/chromium'), env);
}

/** The program that writes the store of authorities which Chromium reads. @throws BrowserUnavailableError */
export async function installCertutil() {
  if (existsSync('/usr/bin/certutil')) return started('/usr/bin/certutil');
  const root = await unpacked(trustPackages, 'certutil');
  return started(join(root, 'usr/bin/certutil'), { LD_LIBRARY_PATH: librariesIn(root) });
}

/** The folder in which these packages lie with all that they need. */
async function unpacked(packages, what, before = () => undefined) {
  const cache = cacheFolder();
  const root = join(cache, packages.join('+'));
  if (!existsSync(root)) {
    before();
    await unpack(cache, root, packages, what);
  }
  return root;
}

async function unpack(cache, root, packages, what) {
  const apt = join(cache, 'apt');
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
    throw new BrowserUnavailableError(
      `${what} can not be fetched with apt (${String(error.message).split('\n')[0]}); YIZHAN_TEST_CHROMIUM can name a Chromium`,
    );
  }
}

const fontsOf = (root, cache) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(root, 'usr/share/fonts')}</dir>
  <cachedir>${join(cache, 'fonts')}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>DejaVu Sans</string><string>WenQuanYi Micro Hei</string></edit>
  </match>
</fontconfig>
`;
