const { relative } = require('node:path');
const { writeSync } = require('node:fs');

/** Ends every run with `N passed, N failed`. In CI a test that did not run counts as failed. */
class CountReporter {
  constructor(globalConfig) {
    this.rootDir = globalConfig.rootDir;
    this.isFiltered = Boolean(globalConfig.testNamePattern);
    this.isWatching = globalConfig.watch || globalConfig.watchAll;
  }

  onRunComplete(_contexts, results) {
    const mustAllRun = isCi() && !this.isFiltered;
    const left = mustAllRun ? testsLeftOut(results) : [];
    if (left.length > 0) {
      const names = left.map(({ fullName, status, file }) => `${fullName} (${status}, ${file})`);
      this.error = new Error(`in CI every test must run; left out:\n  ${names.join('\n  ')}`);
      process.stderr.write(`\n${this.error.message}\n`);
    }
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + left.length;
    this.printLast(
      `${this.slowest(results)}${this.missing(results)}${results.numPassedTests} passed, ${failed} failed\n`,
    );
  }

  /** Where the time of a long run has gone. */
  slowest({ testResults }) {
    const took = testResults.map(({ perfStats, testFilePath }) => ({
      seconds: perfStats.runtime / 1000,
      file: relative(this.rootDir, testFilePath),
    }));
    const all = took.reduce((sum, { seconds }) => sum + seconds, 0);
    if (all < aLongRun) return '';
    const most = took.toSorted((one, other) => other.seconds - one.seconds).slice(0, 20);
    const lines = most.map(({ seconds, file }) => `${seconds.toFixed(0).padStart(5)} s  ${file}`);
    return [`\n${testResults.length} suites took ${all.toFixed(0)} s, the slowest:`, ...lines, '\n'].join('\n');
  }

  /** What did not run because this machine lacks Kafka or a browser, and why it does. */
  missing(results) {
    const kinds = [
      { what: 'KAFKA', suffix: '.kafka-spec.ts', why: process.env.YIZHAN_TEST_KAFKA_MISSING },
      { what: 'A BROWSER', suffix: '.browser-spec.ts', why: process.env.YIZHAN_TEST_BROWSER_MISSING },
    ];
    return kinds.map((kind) => this.missingOf(kind, results)).join('');
  }

  missingOf({ what, suffix, why }, results) {
    const left = why ? testsLeftOut(results).filter(({ file }) => file.endsWith(suffix)) : [];
    if (left.length === 0) return '';
    const files = [...new Set(left.map(({ file }) => relative(this.rootDir, file)))];
    return [`\nNOT RUN FOR WANT OF ${what}: ${left.length} tests in`, ...files, `because ${why}\n\n`].join('\n  ');
  }

  /** Jest puts its own summary after every reporter. */
  printLast(line) {
    if (this.isWatching) process.stdout.write(line);
    else process.once('exit', () => writeSync(1, line));
  }

  getLastError() {
    return this.error;
  }
}

/** Seconds of all suites together from which on it is said where they went. */
const aLongRun = 300;

const isCi = () => Boolean(process.env.CI) && process.env.CI !== 'false';

const testsLeftOut = (results) =>
  results.testResults.flatMap((file) =>
    file.testResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName, status }) => ({ fullName, status, file: file.testFilePath })),
  );

module.exports = CountReporter;
