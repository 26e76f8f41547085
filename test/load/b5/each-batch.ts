import type { KafkaSettings } from '@yizhan/event-log';
import { BareKafka } from '../ground/bare-kafka.js';
import type { Tally } from './tally.js';

/** The peer: bare kafkajs, which reads each value as JSON and counts it. */
export async function consumeWithEachBatch(kafka: KafkaSettings, groupId: string, tally: Tally): Promise<void> {
  const consumer = await new BareKafka(kafka).consumer(groupId);
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const { value } of batch.messages) {
        JSON.parse(value?.toString() ?? '');
        tally.count();
      }
    },
  });
}
