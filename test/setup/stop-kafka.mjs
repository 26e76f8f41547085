import stopPostgres from './stop-postgres.mjs';

export default async function stopKafka() {
  await globalThis.yizhanTestKafka?.stop();
  // Another run of the same process, as in watch mode, looks again.
  delete globalThis.yizhanTestKafka;
  delete process.env.YIZHAN_TEST_KAFKA_BROKERS;
  delete process.env.YIZHAN_TEST_KAFKA_MISSING;
  await stopPostgres();
}
