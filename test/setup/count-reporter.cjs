const { writeSync } = require('node:fs');

/** Ends every run with `N passed, N failed`. In CI a test that did not run counts as failed. */
class CountReporter {
  constructor(globalConfig) {
    this.isFiltered = Boolean(globalConfig.testNamePattern);
    this.isWatching = globalConfig.watch || globalConfig.watchAll;
  }

  onRunComplete(_contexts, results) {
    const mustAllRun = isCi() && !this.isFiltered;
    const left = mustAllRun ? namesOfTestsLeftOut(results) : [];
    if (left.length > 0) {
      this.error = new Error(`in CI every test must run; left out:\n  ${left.join('\n  ')}`);
      process.stderr.write(`\n${this.error.message}\n`);
    }
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + left.length;
    this.printLast(`${results.numPassedTests} passed, ${failed} failed\n`);
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

const isCi = () => Boolean(process.env.CI) && process.env.CI !== 'false';

const namesOfTestsLeftOut = (results) =>
  results.testResults.flatMap((file) =>
    file.testResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName, status }) => `${fullName} (${status}, ${file.testFilePath})`),
  );

module.exports = CountReporter;
