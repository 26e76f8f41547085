import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { allRules } from './all-rules.js';
import { renderRulesPage } from './rules-page.js';
import { readSourceTree } from './source-tree.js';

const plantedFolder = join(import.meta.dirname, 'planted');
const root = join(import.meta.dirname, '../..');

const linesMarked = (folder: string, file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .flatMap((text, at) => (text.endsWith('// planted') ? [`${file}:${at + 1}`] : []));

describe('the architecture rules', () => {
  it.each(allRules.map((rule) => [rule.id, rule] as const))('%s fires where it should, and only there', (id, rule) => {
    const folder = join(plantedFolder, id);
    const tree = readSourceTree(folder);
    const marked = tree.flatMap(({ path }) => linesMarked(folder, path));
    const found = rule.check(tree).map(({ file, line }) => `${file}:${line}`);
    expect(marked).not.toEqual([]);
    expect(found.toSorted()).toEqual(marked.toSorted());
  });

  it('have a planted violation each, and no folder without a rule', () => {
    expect(readdirSync(plantedFolder).toSorted()).toEqual(allRules.map(({ id }) => id).toSorted());
  });

  it('say what holds and what to do instead, each in its own words', () => {
    expect(new Set(allRules.map(({ name }) => name)).size).toBe(allRules.length);
    for (const { name, instead } of allRules) expect(renderRulesPage()).toContain(`| ${name} | ${instead} |`);
  });

  it('hold in this repository', () => {
    const tree = readSourceTree(root);
    const broken = allRules.flatMap((rule) =>
      rule
        .check(tree)
        .map(({ file, line, found }) => `${file}:${line} ${found}. Rule: ${rule.name}. Instead: ${rule.instead}.`),
    );
    expect(tree.length).toBeGreaterThan(20);
    expect(broken).toEqual([]);
  });
});
