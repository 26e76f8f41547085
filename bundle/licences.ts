import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from './files-under.js';
import type { Lock } from './packages.js';

const isLicence = (name: string): boolean => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(name);

/** The licences of every package whose code is in an archive, each with its text where the package has one. */
export function licencesOf(lock: Lock, root: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = [...Object.keys(dependencies), ...importedByTheConsole(root)];
  return lock
    .closure([...new Set(names)])
    .filter((path) => existsSync(join(root, path, 'package.json')))
    .map((path) => licenceOf(join(root, path)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const texts = readdirSync(folder).filter(isLicence).toSorted();
  return [
    `${name} ${version}: ${license ?? 'see below'}\n`,
    ...texts.map((text) => readFileSync(join(folder, text), 'utf8')),
  ].join('\n');
}

/** Its packages are dependencies of development, as a browser gets them in the pages. */
function importedByTheConsole(root: string): string[] {
  const source = join(root, 'apps/console/src');
  return filesUnder(source)
    .filter((path) => /(?<!\.spec)\.tsx?$/.test(path))
    .flatMap((path) => [...readFileSync(join(source, path), 'utf8').matchAll(/from '((?:@[\w-]+\/)?[a-z][\w.-]*)/g)])
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('@yizhan/'));
}
