import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const budget = JSON.parse(readFileSync(join(__dirname, 'bundle-budget.json'), 'utf8')) as Record<string, number>;
const built = join(__dirname, '../../dist/apps/console');
const assets = join(built, 'assets');
const scripts = readdirSync(assets).filter((file) => file.endsWith('.js'));
const index = readFileSync(join(built, 'index.html'), 'utf8');
/** What the page itself starts; files that it only preloads stand in it too. */
const entry = /src="\/assets\/([^"]+\.js)"/.exec(index)?.[1] ?? '';
/** Pages of those who are signed in stand in a frame. */
const withoutFrame = new Set(['sign-in-page', 'claim-page', 'driver-page', 'gate-page']);

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
  const parts = withoutFrame.has(page) ? [page] : [page, 'staff-frame'];
  const own = parts.map((part) => scripts.find((file) => file.startsWith(part)) ?? '');
  const needed = new Set([entry, ...own].flatMap((file) => [...neededBy(file)]));
  return [...needed].reduce((sum, file) => sum + statSync(join(assets, `${file}.br`)).size, 0) / 1_024;
};

it.each(Object.entries(budget))('%s comes with at most %i kB of scripts, as they are sent', (page, most) => {
  expect(neededBy(entry).size).toBeGreaterThan(1);
  expect(kilobytesOf(page)).toBeGreaterThan(100);
  expect(kilobytesOf(page)).toBeLessThanOrEqual(most);
});

it('the service worker keeps files that are there, and every script', () => {
  const [, list = '[]'] = /const files = (\[.*?\]);/s.exec(readFileSync(join(built, 'sw.js'), 'utf8')) ?? [];
  const kept = JSON.parse(list) as string[];
  expect(kept.filter((file) => file !== '/' && !existsSync(join(built, file)))).toEqual([]);
  expect(scripts.filter((file) => !kept.includes(`/assets/${file}`))).toEqual([]);
});
