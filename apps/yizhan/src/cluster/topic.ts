import { checkTopics, type KafkaSettings, provisionTopics, publishAgain, publishedUpTo } from '@yizhan/event-log';
import { servicePlaces } from '@yizhan/persistence';
import { environmentFault, messageOf } from '@yizhan/process';
import type { DatabaseServer } from '../runtime/postgres/database-server.js';
import { openPlace } from '../runtime/postgres/open-place.js';

/** Makes the topic where there is none. @returns what was done. @throws Fault where the brokers are away or refuse. */
export async function provisionTopic(kafka: KafkaSettings): Promise<string[]> {
  return provisionTopics(kafka).catch((error: unknown) => {
    throw environmentFault(messageOf(error), 'Check KAFKA_BROKERS and the variables YIZHAN_KAFKA_….');
  });
}

/** @returns what is wrong with the topic, a sentence each. @throws Fault where the brokers are away. */
export async function checkTopic(kafka: KafkaSettings): Promise<string[]> {
  return checkTopics(kafka).catch((error: unknown) => {
    throw environmentFault(messageOf(error), 'Check KAFKA_BROKERS and the variables YIZHAN_KAFKA_….');
  });
}

/** Sees to it that the topic is as it must be, and that what is new in it will hold the whole log. */
export async function prepareTopic(
  kafka: KafkaSettings,
  server: DatabaseServer,
  tell: (line: string) => void,
): Promise<void> {
  const done = await provisionTopic(kafka);
  for (const line of done) tell(line);
  const faults = await checkTopic(kafka);
  if (faults.length > 0) {
    throw environmentFault(
      faults.join('; '),
      'Set YIZHAN_KAFKA_PARTITIONS and its like to what the topic is, or name another with YIZHAN_KAFKA_TOPIC.',
    );
  }
  if (done.length > 0) await fill(server, tell);
}

/** What was published before is in another Kafka: a consumer that was behind would never see it in this one. */
async function fill(server: DatabaseServer, tell: (line: string) => void): Promise<void> {
  const database = await openPlace(server, servicePlaces.eventLog, 1);
  try {
    if ((await publishedUpTo(database)) === 0) return;
    tell(`the topic is new: publishing all ${await publishAgain(database)} events of the log again`);
  } finally {
    await database.close();
  }
}
