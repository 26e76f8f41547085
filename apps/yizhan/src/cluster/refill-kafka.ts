import { setTimeout as pause } from 'node:timers/promises';
import { KafkaPublisher, type KafkaSettings, publishAgain, publishedUpTo } from '@yizhan/event-log';
import { SystemClock } from '@yizhan/kernel';
import { servicePlaces } from '@yizhan/persistence';
import type { DatabaseServer } from '../runtime/postgres/database-server.js';
import { openPlace } from '../runtime/postgres/open-place.js';

export interface RefillSettings {
  readonly server: DatabaseServer;
  readonly kafka: KafkaSettings;
  /** How many events of how many are published. */
  readonly onProgress: (published: number, head: number) => void;
  /** Told of faults that are waited out. */
  readonly onFault: (where: string, error: unknown) => void;
}

const place = servicePlaces.eventLog;
const lookEvery = 200;

/**
 * Has the whole log published again, from its first event to the one that is its newest now, by the publisher that runs
 * or, where none does, by one of its own. Receivers know what they have had. @returns how many events that were.
 */
export async function refillKafka({ server, kafka, onProgress, onFault }: RefillSettings): Promise<number> {
  const database = await openPlace(server, place, 4);
  const connection = server.as(place.role);
  // It stands by where another one publishes, and takes over where that one ends.
  const publisher = new KafkaPublisher({ kafka, database, connection, clock: new SystemClock(), onFault });
  try {
    const head = await publishAgain(database);
    publisher.start();
    for (let published = 0; published < head; onProgress(published, head)) {
      await pause(lookEvery);
      published = await publishedUpTo(database);
    }
    return head;
  } finally {
    await publisher.stop();
    await database.close();
  }
}
