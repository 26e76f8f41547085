// Where there is no Kafka the tests that need it count as skipped, and count-reporter.cjs says so at the end of the run.
if (process.env.YIZHAN_TEST_KAFKA_MISSING) {
  for (const name of ['it', 'test']) globalThis[name] = globalThis[name].skip;
}
