import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const source = join(root, 'apps/console');
const output = join(root, 'dist/apps/console');
const manifestFile = join(root, 'dist/.console-build');

/** What the pages are made of, beside the packages of the lock. */
const sources = ['apps/console', 'libs/client/src', 'package-lock.json', 'apps/yizhan/bin/build-console.mjs'];

function filesUnder(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  );
}

/** By content, so that a fresh clone and a changed branch do not build again what is there. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder).toSorted((one, other) => (one < other ? -1 : 1))) {
    if (/\.(spec\.ts|md)$/.test(file)) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

const lastBuilt = () => (existsSync(manifestFile) ? readFileSync(manifestFile, 'utf8') : '');

/** Whether the pages of the console are missing or older than their sources. */
export function isConsoleStale() {
  return existsSync(source) && (!existsSync(join(output, 'index.html')) || lastBuilt() !== fingerprint());
}

function compress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) compress(path);
    else if (/\.(js|css|html|svg|json)$/.test(entry.name)) {
      const text = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
      writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
    }
  }
}

/** Builds the pages beside the old ones and puts them in their place at once. */
export async function buildConsole() {
  const { build } = await import('vite');
  const stamp = fingerprint();
  const draft = `${output}.${process.pid}`;
  try {
    await build({
      configFile: join(source, 'vite.config.mjs'),
      logLevel: 'error',
      build: { outDir: draft },
    });
    compress(draft);
    const old = `${draft}.old`;
    if (existsSync(output)) renameSync(output, old);
    renameSync(draft, output);
    rmSync(old, { recursive: true, force: true });
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(manifestFile, stamp);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
