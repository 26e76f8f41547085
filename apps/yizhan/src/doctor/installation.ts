import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { clusterOf } from '../runtime/postgres/postgres-place.js';
import { postgresAccount, succeedsAs } from '../runtime/postgres/postgres-account.js';
import { executable, findPostgresBinaries, missingLinks } from '../runtime/postgres/postgres-binaries.js';
import { isUnpacked, unpackAgain } from '../runtime/unpacked.js';
import { type Check, fail, ok } from './check.js';

/** Files without which a cluster does not start, and which nobody but its user may read. */
const clusterFiles = ['PG_VERSION', 'global/pg_control', 'pg_wal', 'base'];

export const postgresFiles: Check = {
  name: 'postgres-files',
  title: { en: "PostgreSQL's files", zh: 'PostgreSQL 文件' },
  look: ({ directory, configuration }) => {
    if (configuration.databaseUrl || !existsSync(directory.postgresFile)) return ok('none of ours yet');
    const cluster = clusterOf(directory);
    const missing = clusterFiles.filter((name) => !existsSync(join(cluster, name)));
    if (missing.length > 0) {
      return fail(`${cluster} lacks ${missing.join(', ')}`, 'Restore a backup: "npx yizhan restore --help".');
    }
    if (process.platform !== 'win32' && (statSync(cluster).mode & 0o027) !== 0) {
      return fail(`others may read or write ${cluster}`, `Run "chmod 700 ${cluster}": PostgreSQL does not start so.`);
    }
    return ok(cluster);
  },
};

export const embeddedPostgres: Check = {
  name: 'embedded-postgres',
  title: { en: 'Embedded PostgreSQL', zh: '内嵌 PostgreSQL' },
  look: ({ configuration }) => {
    if (configuration.databaseUrl) return ok('not used: YIZHAN_DATABASE_URL names another');
    const binaries = findPostgresBinaries();
    const missing = missingLinks(binaries);
    if (missing.length > 0) {
      return fail(
        `its install script has not run: ${missing.length} links are missing`,
        isUnpacked() ? unpackAgain : 'Run "npm start", which repairs it, or "npm ci" with install scripts allowed.',
      );
    }
    const account = postgresAccount();
    if (succeedsAs(account, executable(binaries.folder, 'postgres'), ['--version'])) {
      return ok(`${binaries.version}${account ? `, runs as user "${account.name}"` : ''}`);
    }
    if (!account) {
      const mend = isUnpacked()
        ? 'Take the archive for this kind of machine.'
        : 'Remove node_modules and run "npm ci" here.';
      return fail(`${binaries.folder} holds no program that runs on this machine`, mend);
    }
    return ok(`${binaries.version}, runs as user "${account.name}" from a copy, as he cannot reach ${binaries.folder}`);
  },
};
