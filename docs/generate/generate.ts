import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Generator } from './generator.js';
import { generators } from './generators.js';

const help = `Usage: npm run generate [-- --check]

Writes every generated file of the repository (docs/generate/generators.ts).
With --check writes nothing, names the files that differ, and exits with 1.
`;

const isUpToDate = (file: string, text: string): boolean => existsSync(file) && readFileSync(file, 'utf8') === text;

async function check(each: Generator): Promise<boolean> {
  if (isUpToDate(each.writes, await each.render())) return true;
  process.stdout.write(`${each.writes} is not what its generator writes: run npm run generate and commit the file\n`);
  return false;
}

async function write(each: Generator): Promise<boolean> {
  const text = await each.render();
  if (isUpToDate(each.writes, text)) return true;
  mkdirSync(dirname(each.writes), { recursive: true });
  writeFileSync(each.writes, text);
  process.stdout.write(`wrote ${each.writes}\n`);
  return true;
}

if (process.argv.includes('--help')) process.stdout.write(help);
else {
  const results = await Promise.all(generators.map(process.argv.includes('--check') ? check : write));
  process.stdout.write(`${generators.length} generated files, ${results.filter((fine) => !fine).length} out of date\n`);
  process.exitCode = results.every(Boolean) ? 0 : 1;
}
