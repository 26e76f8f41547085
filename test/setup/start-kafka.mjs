import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import startPostgres from './start-postgres.mjs';

const built = new URL('../../dist/libs/testing/src/kafka/local-kafka.js', import.meta.url);

async function startLocal() {
  if (!existsSync(fileURLToPath(built))) throw new Error('dist/ lacks the test Kafka: run the tests with npm test');
  const { LocalKafka } = await import(built.href);
  const onProgress = (line) => process.stderr.write(`yizhan: ${line}\n`);
  return LocalKafka.start({ brokers: 1, onProgress });
}

/**
 * PostgreSQL and one Kafka for the run, unless `KAFKA_BROKERS` names brokers. Workers find them in
 * `YIZHAN_TEST_KAFKA_BROKERS`; where there can be none, the reason is in `YIZHAN_TEST_KAFKA_MISSING`.
 */
export default async function startKafka() {
  await startPostgres();
  if (process.env.KAFKA_BROKERS) {
    process.env.YIZHAN_TEST_KAFKA_BROKERS = process.env.KAFKA_BROKERS;
    return;
  }
  try {
    const kafka = await startLocal();
    process.env.YIZHAN_TEST_KAFKA_BROKERS = kafka.brokers.join(',');
    globalThis.yizhanTestKafka = kafka;
  } catch (error) {
    if (error.name !== 'KafkaUnavailableError') throw error;
    process.env.YIZHAN_TEST_KAFKA_MISSING = error.message;
  }
}
