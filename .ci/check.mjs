import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const module = (path) => `node_modules/${path}`;

/** The longest first: they run side by side. */
const checks = {
  types: { what: 'the TypeScript compiler finds no fault', node: [module('typescript/bin/tsc'), '--noEmit'] },
  console: {
    what: 'the TypeScript compiler finds no fault in the console, which is for browsers',
    node: [module('typescript/bin/tsc'), '--noEmit', '-p', 'apps/console/tsconfig.json'],
  },
  format: {
    what: 'prettier would change nothing (npm run format mends it)',
    node: [module('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '--cache', '.'],
  },
  lint: { what: 'oxlint finds nothing, with types', node: [module('oxlint/bin/oxlint')] },
  architecture: { what: 'the rules of docs/architecture-rules.md hold', node: ['dist/test/architecture/check.js'] },
  generated: { what: 'every generated file is up to date', node: ['dist/docs/generate/generate.js', '--check'] },
  links: { what: 'every lib and app loads as a plain ES module', node: ['.ci/check-links.mjs'] },
  benchmarks: { what: 'the benchmarks load', node: ['dist/test/load/bench.js', '--help'] },
  lock: { what: 'npm ci accepts the lock, and it names no host', node: ['.ci/check-lock.mjs'] },
};

const help = `Usage: npm run check [-- <check>…]

Runs every check, or those named:

${Object.entries(checks)
  .map(([name, { what }]) => `  ${name.padEnd(13)} ${what}`)
  .join('\n')}
`;

async function run(name) {
  const start = performance.now();
  const child = spawn(process.execPath, checks[name].node, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(13)} ${seconds.padStart(5)} s\n`);
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n\n`);
  return code === 0;
}

async function runAll(names) {
  const queue = [...names];
  const results = [];
  const work = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) results.push(await run(name));
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  const failed = results.filter((fine) => !fine).length;
  process.stdout.write(`${results.length - failed} checks passed, ${failed} failed\n`);
  return failed === 0;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in checks));
if (asked.includes('--help')) process.stdout.write(help);
else if (unknown.length > 0) {
  process.stderr.write(`no check named ${unknown.join(', ')}\n\n${help}`);
  process.exitCode = 2;
} else if (!(await runAll(asked.length > 0 ? asked : Object.keys(checks)))) process.exitCode = 1;
