import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const foldersIn = (kind: string) =>
  readdirSync(join(root, kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${kind}/${name}`);

it('nest-cli.json lists every app and lib', () => {
  const { projects } = JSON.parse(readFileSync(join(root, 'nest-cli.json'), 'utf8')) as {
    projects: Record<string, { root: string }>;
  };
  const listed = Object.values(projects).map((project) => project.root);
  const withoutVite = ['apps/console'];
  expect(listed).toEqual(
    expect.arrayContaining([...foldersIn('apps'), ...foldersIn('libs')].filter((each) => !withoutVite.includes(each))),
  );
});
