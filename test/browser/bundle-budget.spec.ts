import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const budget = JSON.parse(readFileSync(join(__dirname, 'bundle-budget.json'), 'utf8')) as Record<string, number>;
const built = join(__dirname, '../../dist/apps/console');
const assets = join(built, 'assets');
const scripts = readdirSync(assets).filter((file) => file.endsWith('.js'));
const index = readFileSync(join(built, 'index.html'), 'utf8');
const entry = scripts.find((file) => index.includes(`/assets/${file}`)) ?? '';

/** A script and all that it imports before it runs. */
function neededBy(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = readFileSync(join(assets, file), 'utf8');
  for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    neededBy(imported, known);
  return known;
}

const kilobytesOf = (page: string): number => {
  const own = scripts.find((file) => file.startsWith(page)) ?? '';
  const needed = new Set([...neededBy(entry), ...neededBy(own)]);
  return [...needed].reduce((sum, file) => sum + statSync(join(assets, `${file}.br`)).size, 0) / 1_024;
};

it.each(Object.entries(budget))('%s comes with at most %i kB of scripts, as they are sent', (page, most) => {
  expect(neededBy(entry).size).toBeGreaterThan(1);
  expect(kilobytesOf(page)).toBeGreaterThan(100);
  expect(kilobytesOf(page)).toBeLessThanOrEqual(most);
});
