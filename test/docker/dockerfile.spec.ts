import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { composeFiles, isOurs, readCompose, readText, root } from './compose-file.js';

interface Instruction {
  readonly name: string;
  readonly words: readonly string[];
}

/** The instructions of each stage, the last of which is the image. */
function readStages(): Instruction[][] {
  const lines = readText('docker/Dockerfile')
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Instruction => {
      const [name = '', ...words] = line.trim().split(/\s+/);
      return { name, words };
    });
  const starts = lines.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  return starts.map((start, index) => lines.slice(start, starts[index + 1]));
}

const stages = readStages();
const image = stages.at(-1)!;
const of = (name: string): readonly (readonly string[])[] =>
  image.filter((each) => each.name === name).map(({ words }) => words);

it('stands on one Node, slim, in a version that is named, of a line that is tested', () => {
  const bases = stages.map(([from]) => from?.words[0]);
  expect(new Set(bases).size).toBe(1);
  expect(bases[0]).toMatch(/^node:(20|22|24)\.\d+\.\d+-bookworm-slim$/);
});

it('runs as an ordinary user, who is named by number', () => {
  expect(of('USER')).toEqual([['1000:1000']]);
  expect(image.findIndex(({ name }) => name === 'USER')).toBeLessThan(image.findIndex(({ name }) => name === 'CMD'));
});

it('is asked for its health by a script that is in it', () => {
  const [health] = of('HEALTHCHECK');
  expect(health?.join(' ')).toContain('CMD ["node", "docker/health.mjs"]');
  expect(of('COPY').flat()).toContain('docker/health.mjs');
});

it('takes from the sources what there is', () => {
  const copied = stages.flatMap((stage) =>
    stage.flatMap(({ name, words }) => (name === 'COPY' && !words[0]?.startsWith('--from') ? words.slice(0, -1) : [])),
  );
  expect(copied).toContain('.');
  for (const path of copied) expect([path, existsSync(resolve(root, path))]).toEqual([path, true]);
});

it('takes from the build what a process needs, and nothing that would have it build again', () => {
  const taken = of('COPY').flatMap(([from, ...words]) => (from === '--from=build' ? words.slice(0, -1) : []));
  expect(taken).toEqual([
    '/app/package.json',
    '/app/LICENSE',
    '/app/node_modules',
    '/app/apps/yizhan/bin',
    '/app/dist',
  ]);
});

it('has no package manager of Node left', () => {
  const commands = of('RUN').flat().join(' ');
  for (const path of ['/usr/local/lib/node_modules', '/usr/local/bin/npm', '/usr/local/bin/npx', '/opt/yarn-*']) {
    expect(commands).toContain(path);
  }
});

it('lets the build see what it copies and builds from, and no secret', () => {
  const kept = readText('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect(kept.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  for (const path of ['apps', 'libs', 'package.json', 'package-lock.json', '.npmrc', '.swcrc', 'LICENSE']) {
    expect(kept).toContain(path);
  }
  const scripts = of('COPY')
    .flat()
    .filter((word) => word.startsWith('docker/'));
  expect(scripts.filter((path) => !kept.includes(path))).toEqual([]);
});

it.each(composeFiles)('is what docker/%s.yml builds, and listens where it says', (name) => {
  const ours = Object.values(readCompose(name).services).filter(isOurs);
  const builds = ours.flatMap(({ build }) => build ?? []);
  expect(builds).toEqual([{ context: '..', dockerfile: 'docker/Dockerfile' }]);
  expect(of('EXPOSE')).toEqual([['7700']]);
});
