import { allRules } from './all-rules.js';
import { readSourceTree } from './source-tree.js';

const help = `Usage: node dist/test/architecture/check.js

Checks the import graph and the code under apps/, libs/ and test/ against the
rules of docs/architecture-rules.md. Exits with 1 when one is broken.
`;

function main(): number {
  const tree = readSourceTree(process.cwd());
  const broken = allRules.flatMap((rule) => rule.check(tree).map((violation) => ({ rule, ...violation })));
  for (const { file, line, found, rule } of broken) {
    process.stdout.write(`${file}:${line} ${found}\n  rule: ${rule.name}\n  instead: ${rule.instead}\n`);
  }
  process.stdout.write(`${allRules.length} rules, ${tree.length} files, ${broken.length} violations\n`);
  return broken.length > 0 ? 1 : 0;
}

if (process.argv.includes('--help')) process.stdout.write(help);
else process.exitCode = main();
