import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Version in package.json, which lies above this file, in the sources and in `dist` alike. */
export function ownVersion(folder = dirname(fileURLToPath(import.meta.url))): string {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
  return ownVersion(dirname(folder));
}
