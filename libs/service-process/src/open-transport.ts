import { checkTopics, type KafkaSettings, KafkaTransport, type KafkaTransportSettings } from '@yizhan/event-log';
import { environmentFault, messageOf } from '@yizhan/process';

/** The way to events over Kafka. @throws Fault where the brokers do not answer, or their topic is not as it must be. */
export async function openTransport(settings: KafkaTransportSettings): Promise<KafkaTransport> {
  await requireTopic(settings.kafka);
  return new KafkaTransport(settings);
}

/** @throws Fault where the brokers do not answer, or their topic is not as it must be. */
export async function requireTopic(kafka: KafkaSettings): Promise<void> {
  const faults = await checkTopics(kafka).catch((error: unknown) => Promise.reject(brokersAway(kafka, error)));
  if (faults.length === 0) return;
  throw environmentFault(
    `Kafka at ${kafka.brokers.join(', ')}: ${faults.join('; ')}`,
    'Run "npx yizhan topics provision".',
  );
}

function brokersAway({ brokers }: KafkaSettings, error: unknown): Error {
  const text = messageOf(error);
  const where = `Kafka at ${brokers.join(', ')}`;
  return environmentFault(
    text.startsWith(where) ? text : `${where}: ${text}`,
    'Check KAFKA_BROKERS and the variables YIZHAN_KAFKA_….',
  );
}
