// Where there is no browser the tests that need it count as skipped, and count-reporter.cjs says so at the end of the run.
if (process.env.YIZHAN_TEST_BROWSER_MISSING) {
  for (const name of ['it', 'test']) globalThis[name] = globalThis[name].skip;
  for (const name of ['beforeAll', 'beforeEach', 'afterAll', 'afterEach']) globalThis[name] = () => undefined;
}
