/**
 * The suffix decides what runs: `.spec` is pure, `.int-spec` needs the database, `.e2e-spec` needs several services,
 * `.kafka-spec` needs Kafka and the database,
 * `.browser-spec` needs Chromium and starts the built product.
 */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  roots: ['<rootDir>/apps', '<rootDir>/bundle', '<rootDir>/libs', '<rootDir>/test'],
  moduleNameMapper: {
    '^@yizhan/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    // It names itself for `import` alone, and Jest asks for `require`.
    '^cborg$': '<rootDir>/node_modules/cborg/cborg.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '\\.(m?[jt]s)$': '<rootDir>/test/setup/swc-any-to-cjs.cjs' },
  transformIgnorePatterns: [],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/architecture/planted/'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/architecture/planted'],
};

// Jest starts a project's globalSetup only when a test of that project runs, so pure runs start no PostgreSQL.
const withDatabase = {
  ...shared,
  globalSetup: '<rootDir>/test/setup/start-postgres.mjs',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.mjs',
};

const withKafka = {
  ...shared,
  globalSetup: '<rootDir>/test/setup/start-kafka.mjs',
  globalTeardown: '<rootDir>/test/setup/stop-kafka.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/setup/skip-without-kafka.cjs'],
};

const withBrowser = {
  ...shared,
  globalSetup: '<rootDir>/test/setup/start-browser.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/setup/skip-without-browser.cjs'],
};

const project = (displayName, suffix, base) => ({
  ...base,
  displayName,
  testMatch: [`<rootDir>/{apps,bundle,libs,test}/**/*.${suffix}.ts`],
});

/** @type {import('jest').Config} */
export default {
  projects: [
    project('pure', 'spec', shared),
    project('service', 'int-spec', withDatabase),
    project('system', 'e2e-spec', withDatabase),
    project('kafka', 'kafka-spec', withKafka),
    project('browser', 'browser-spec', withBrowser),
  ],
  testSequencer: '<rootDir>/test/setup/faults-at-the-ends.cjs',
  testTimeout: 60_000,
  maxWorkers: 2,
  // Jest keeps something of every suite. A worker that ran two hundred has gigabytes, and stands still while it tidies up.
  workerIdleMemoryLimit: 2 ** 30,
  coverageProvider: 'v8',
  reporters: ['default', '<rootDir>/test/setup/count-reporter.cjs'],
};
