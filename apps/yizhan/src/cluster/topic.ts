import {
  checkTopics,
  type KafkaSettings,
  newTopicWithin,
  provisionTopics,
  publishAgain,
  publishedUpTo,
  topicExists,
} from '@yizhan/event-log';
import { servicePlaces } from '@yizhan/persistence';
import { environmentFault, messageOf } from '@yizhan/process';
import type { DatabaseServer } from '../runtime/postgres/database-server.js';
import { openPlace } from '../runtime/postgres/open-place.js';

/** Makes the topic where there is none. @returns what was done. @throws Fault where the brokers are away or refuse. */
export function provisionTopic(kafka: KafkaSettings): Promise<string[]> {
  return provisionTopics(kafka).catch(refuse);
}

/**
 * @param within milliseconds that a new topic has to become known. @returns what is wrong with the topic, a sentence each.
 * @throws Fault where the brokers are away.
 */
export function checkTopic(kafka: KafkaSettings, within?: number): Promise<string[]> {
  return checkTopics(kafka, within).catch(refuse);
}

function refuse(error: unknown): never {
  throw environmentFault(messageOf(error), 'Check KAFKA_BROKERS and the variables YIZHAN_KAFKA_….');
}

/** Sees to it that the topic is as it must be, and that what is new in it will hold the whole log. */
export async function prepareTopic(
  kafka: KafkaSettings,
  server: DatabaseServer,
  tell: (line: string) => void,
): Promise<void> {
  // Before it is made: who is interrupted in between finds it next time, and would take it for one that holds everything.
  if (!(await topicExists(kafka).catch(refuse))) await fill(server, tell);
  for (const line of await provisionTopic(kafka)) tell(line);
  const faults = await checkTopic(kafka, newTopicWithin);
  if (faults.length > 0) {
    throw environmentFault(
      faults.join('; '),
      'Set YIZHAN_KAFKA_PARTITIONS and its like to what the topic is, or name another with YIZHAN_KAFKA_TOPIC.',
    );
  }
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
