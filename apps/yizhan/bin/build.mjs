import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const dist = join(root, 'dist');
const manifestFile = join(dist, '.build.json');

/** Folders whose files go to `dist/` under the same path. */
const sourceFolders = ['apps', 'libs', 'bundle', 'docs/generate', 'test/architecture', 'test/load', 'test/support'];
/** What is served as it lies there. */
const servedFiles = ['docs/asyncapi.json', 'docs/event-catalogue.json'];
const foldersLeftOut = new Set(['node_modules', 'bin', 'console', 'planted', 'dist', 'test']);

const isTypeScript = (file) => file.endsWith('.ts') && !file.endsWith('.d.ts');
const isLeftOut = (file) =>
  /(\.(spec|int-spec|e2e-spec|kafka-spec|browser-spec|d)\.ts|\.md|\.tsbuildinfo)$|(^|\/)\.|(^|\/)tsconfig[^/]*\.json$/.test(
    file,
  );
const outputOf = (file) => join(dist, isTypeScript(file) ? file.replace(/\.ts$/, '.js') : file);

function filesUnder(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return foldersLeftOut.has(entry.name) ? [] : filesUnder(path);
    return isLeftOut(path) ? [] : [path];
  });
}

function fingerprint(file) {
  const { mtimeMs, size } = statSync(join(root, file));
  return `${mtimeMs}:${size}`;
}

/** What every output depends on besides its own source. */
function toolFingerprint() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(join(root, '.swcrc')));
  const swc = join(root, 'node_modules/@swc/core/package.json');
  return hash.update(existsSync(swc) ? JSON.parse(readFileSync(swc, 'utf8')).version : '').digest('hex');
}

function readManifest() {
  try {
    return JSON.parse(readFileSync(manifestFile, 'utf8'));
  } catch {
    return { tools: '', files: {} };
  }
}

/** Which sources have no current output, and which outputs have no source any more. */
export function planBuild() {
  const before = readManifest();
  const tools = toolFingerprint();
  const sources = [...sourceFolders.flatMap(filesUnder), ...servedFiles.filter((file) => existsSync(join(root, file)))];
  const files = Object.fromEntries(sources.map((file) => [file, fingerprint(file)]));
  const isCurrent = (file) =>
    before.tools === tools && before.files[file] === files[file] && existsSync(outputOf(file));
  return {
    tools,
    files,
    stale: Object.keys(files).filter((file) => !isCurrent(file)),
    orphans: Object.keys(before.files).filter((file) => !(file in files)),
  };
}

function writeInOneStep(path, text) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

async function compile(swc, file) {
  const source = join(root, file);
  const output = outputOf(file);
  mkdirSync(dirname(output), { recursive: true });
  if (!isTypeScript(file)) return copyFileSync(source, output);
  const { code, map } = await swc.transformFile(source, {
    cwd: root,
    root,
    configFile: join(root, '.swcrc'),
    outputPath: dirname(output),
    sourceFileName: relative(dirname(output), source).split(sep).join('/'),
  });
  const mapFile = `${output}.map`;
  writeInOneStep(mapFile, map);
  writeInOneStep(output, `${code}//# sourceMappingURL=${mapFile.slice(dirname(mapFile).length + 1)}\n`);
}

function removeOutput(file) {
  rmSync(outputOf(file), { force: true });
  rmSync(`${outputOf(file)}.map`, { force: true });
}

/** Brings `dist/` up to date. Throws one error that holds every file's fault. */
export async function build({ tools, files, stale, orphans } = planBuild()) {
  if (stale.length + orphans.length === 0) return { compiled: 0, removed: 0 };
  const { default: swc } = await import('@swc/core');
  orphans.forEach(removeOutput);
  const faults = [];
  const queue = [...stale];
  const work = async () => {
    for (let file = queue.pop(); file; file = queue.pop()) {
      await compile(swc, file).catch((error) => {
        removeOutput(file);
        faults.push(`${file}: ${error.message}`);
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() * 2 }, work));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  mkdirSync(dist, { recursive: true });
  writeInOneStep(manifestFile, JSON.stringify({ tools, files }));
  return { compiled: stale.length, removed: orphans.length };
}
