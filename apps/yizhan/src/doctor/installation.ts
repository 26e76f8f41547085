import { postgresAccount, succeedsAs } from '../runtime/postgres/postgres-account.js';
import { executable, findPostgresBinaries, missingLinks } from '../runtime/postgres/postgres-binaries.js';
import { type Check, fail, ok } from './check.js';

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
        'Run "npm start", which repairs it, or "npm ci" with install scripts allowed.',
      );
    }
    const account = postgresAccount();
    if (succeedsAs(account, executable(binaries.folder, 'postgres'), ['--version'])) {
      return ok(`${binaries.version}${account ? `, runs as user "${account.name}"` : ''}`);
    }
    if (!account) {
      return fail(`${binaries.folder} holds no program for this machine`, 'Remove node_modules and run "npm ci" here.');
    }
    return ok(`${binaries.version}, runs as user "${account.name}" from a copy, as he cannot reach ${binaries.folder}`);
  },
};
