import type { KafkaSettings } from '@yizhan/event-log';
import type { Connection } from '@yizhan/persistence';
import { Pool } from 'pg';
import { BareKafka } from '../ground/bare-kafka.js';
import { DocumentChain, type Message } from '../ground/documents.js';
import { openLoop } from '../ground/open-loop.js';
import { writtenEvent } from './written-event.js';
import type { Chain } from './chain.js';

/** The peer: one prepared insert that commits by itself, then a bare send of the same document. */
export async function openRawChain(
  kafka: KafkaSettings,
  connection: Connection,
  areas: readonly string[],
): Promise<Chain> {
  const pool = new Pool({ ...connection, max: 10 });
  const producer = await new BareKafka(kafka).producer();
  const documents = new DocumentChain();

  const write = async ({ ...message }: Message): Promise<number> => {
    const begun = performance.now();
    await pool.query({ name: 'change', text: insertChange, values: [message.value] });
    await producer.send({ topic: kafka.topic, acks: -1, messages: [message] });
    return performance.now() - begun;
  };

  return {
    round: async (instants) => {
      const messages = documents.messagesOf(instants.map((_, index) => writtenEvent(areas, index)));
      const latencies: number[] = [];
      await openLoop(instants, async (index) => {
        const message = messages[index];
        if (message) latencies[index] = await write(message);
      });
      return latencies;
    },
    close: async () => {
      await producer.disconnect();
      await pool.end();
    },
  };
}

const insertChange = 'INSERT INTO station.bench_changes (document) VALUES ($1)';
