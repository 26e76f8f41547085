import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import carrierEn from './carrier.en.json';
import carrierZh from './carrier.zh-CN.json';
import centreReportEn from './centre-report.en.json';
import centreReportZh from './centre-report.zh-CN.json';
import centreEn from './centre.en.json';
import centreZh from './centre.zh-CN.json';
import commonEn from './en.json';
import leversEn from './levers.en.json';
import leversZh from './levers.zh-CN.json';
import problemsEn from './problems.en.json';
import problemsZh from './problems.zh-CN.json';
import commonZh from './zh-CN.json';

interface Texts {
  readonly [key: string]: string | Texts;
}

const source = join(__dirname, '..');

/** Those of every page, and those that come with the pages of carriers and of command centres. */
const together = ({ problem, ...common }: Texts, { problem: more, ...own }: Texts): Texts => ({
  ...common,
  ...own,
  problem: { ...(problem as Texts), ...(more as Texts) },
});
const en = [problemsEn, carrierEn, centreEn, centreReportEn, leversEn].reduce<Texts>(together, commonEn);
const zh = [problemsZh, carrierZh, centreZh, centreReportZh, leversZh].reduce<Texts>(together, commonZh);

function keysOf(texts: Texts, above = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${above}${key}`] : keysOf(value, `${above}${key}.`),
  );
}

function valuesOf(texts: Texts): string[] {
  return Object.values(texts).flatMap((value) => (typeof value === 'string' ? [value] : valuesOf(value)));
}

const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.spec.ts'))
  .map((path) => readFileSync(join(source, path), 'utf8'))
  .join('\n');
const found = (pattern: RegExp): Set<string> => new Set([...code.matchAll(pattern)].map(([, key = '']) => key));

const keys = keysOf(zh);
/** One key stands for its forms in number. */
const singular = new Set(keys.map((key) => key.replace(/_(one|other)$/, '')));
const named = found(/\bt\('([\w.]+)'/g);
const kinds = new Set([...found(/\bcodeText\('(\w+)'/g), 'problem', 'change']);

it('are the same in both languages, and none is empty', () => {
  expect(keysOf(en)).toEqual(keys);
  expect([...valuesOf(zh), ...valuesOf(en)].filter((text) => text.trim() === '')).toEqual([]);
});

it.each([
  ['a carrier', carrierZh],
  ['a command centre', centreZh],
  ['its reports', centreReportZh],
  ['the levers', leversZh],
  ['refusals', problemsZh],
])('none of %s takes the place of one of all', (_, own) => {
  const common = new Set(keysOf(commonZh));
  expect(keysOf(own).filter((key) => common.has(key))).toEqual([]);
  expect(Object.keys(own).filter((kind) => kind !== 'problem' && kind in commonZh)).toEqual([]);
});

it.each([
  ['carrier', carrierZh],
  ['centre', centreZh],
  ['centre', centreReportZh],
  ['centre', leversZh],
])('those that come with the pages in %s are named nowhere else', (folder, own) => {
  const elsewhere = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.spec.ts') && !path.startsWith(folder))
    .filter((path) => {
      const text = readFileSync(join(source, path), 'utf8');
      return keysOf({ ...own, problem: {} }).some((key) => text.includes(`t('${key.replace(/_(one|other)$/, '')}'`));
    });
  expect(elsewhere).toEqual([]);
});

it('take the same values in both languages', () => {
  const placesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, place]) => place).toSorted(byName);
  expect(valuesOf(en).map(placesOf)).toEqual(valuesOf(zh).map(placesOf));
});

it('are all there', () => {
  expect([...named].filter((key) => !singular.has(key) && !keys.includes(key))).toEqual([]);
  const without = [...kinds].filter((kind) => kind !== 'problem' && !keys.includes(`${kind}.other`));
  expect(without).toEqual([]);
});

it('are all used', () => {
  const isUsed = (key: string) =>
    named.has(key) || named.has(key.replace(/_(one|other)$/, '')) || kinds.has(key.split('.')[0] ?? '');
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});

it('say of whatever the routes of a station refuse in both languages what it is', () => {
  const station = join(source, '../../station/src');
  const asked =
    'attachments board cargo cases changes corrections custody evidence exceptions gate handoffs intakes offline ' +
    'override-requests passes sessions shift-handovers slips storage visits waiting-drivers';
  const files = asked.split(' ').flatMap((folder) =>
    readdirSync(join(station, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('spec.ts'))
      .map((path) => readFileSync(join(station, folder, path), 'utf8')),
  );
  const codes = new Set(
    files.flatMap((text) => [...text.matchAll(/'([A-Z][A-Z_]+\.[A-Z_]+)'/g)].map(([, each = '']) => each)),
  );
  expect(codes.size).toBeGreaterThan(100);
  expect([...codes].filter((each) => !keys.includes(`problem.${each.replaceAll('.', '_')}`))).toEqual([]);
});

it('are nowhere but here: no component writes Chinese itself, besides the switch of languages', () => {
  const lines = code.split('\n').filter((line) => /[\u4e00-\u9fff]/.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line));
  expect(lines.filter((line) => !/中文|浙沪苏|浙\[|驿站 Yizhan/.test(line))).toEqual([]);
});

function byName(one: string | undefined, other: string | undefined): number {
  return (one ?? '').localeCompare(other ?? '');
}
