// Jest runs everything as CommonJS, which hides what only ES modules refuse: a missing export, a cycle at link time.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dist = new URL('../dist/', import.meta.url);
const namesIn = (folder) => (existsSync(fileURLToPath(folder)) ? readdirSync(folder) : []);
const isEntry = (name) => name === 'index.js' || name.endsWith('.module.js');

const entries = ['apps', 'libs'].flatMap((kind) =>
  namesIn(new URL(`${kind}/`, dist)).flatMap((name) =>
    namesIn(new URL(`${kind}/${name}/src/`, dist))
      .filter(isEntry)
      .map((file) => `${kind}/${name}/src/${file}`),
  ),
);

let failed = 0;
for (const entry of entries) {
  try {
    await import(new URL(entry, dist).href);
  } catch (error) {
    failed += 1;
    process.stdout.write(`dist/${entry} does not load: ${error.stack}\n`);
  }
}
process.stdout.write(`${entries.length} entries, ${failed} do not load\n`);
process.exit(failed === 0 ? 0 : 1);
