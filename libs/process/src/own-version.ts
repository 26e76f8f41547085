import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, which lies above this file, in the sources and in `dist` alike. */
export function ownRoot(folder = dirname(fileURLToPath(import.meta.url))): string {
  return existsSync(join(folder, 'package.json')) ? folder : ownRoot(dirname(folder));
}

/** Version in package.json. */
export function ownVersion(): string {
  return (JSON.parse(readFileSync(join(ownRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}
