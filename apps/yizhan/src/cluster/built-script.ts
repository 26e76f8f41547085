import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentFault } from '@yizhan/process';

/** File of the built product, which processes run from: its path below `dist`. @throws Fault where it is not there. */
export function builtScript(path: string): string {
  const script = join(rootOf(dirname(fileURLToPath(import.meta.url))), 'dist', path);
  if (existsSync(script)) return script;
  throw environmentFault(`${script} is missing`, 'Run "npm run build".');
}

/** The folder of package.json, which lies above this file, in the sources and in `dist` alike. */
const rootOf = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : rootOf(dirname(folder));
