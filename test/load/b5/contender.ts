import type { KafkaSettings } from '@yizhan/event-log';
import type { Connection } from '@yizhan/persistence';
import { answer } from '../ground/child.js';
import { consumeWithEachBatch } from './each-batch.js';
import { type Cost, Tally } from './tally.js';

export type ContenderName = 'eachBatch' | 'product' | 'nest';

/** One round of one contender. */
export interface Heat {
  readonly contender: ContenderName;
  readonly kafka: KafkaSettings;
  readonly group: string;
  readonly connection: Connection;
  readonly warmUp: number;
  readonly total: number;
}

answer({
  run: async (heat: Heat): Promise<Cost> => {
    const tally = new Tally(heat.warmUp, heat.total);
    await consume(heat, tally);
    return tally.done;
  },
});

/** Nobody carries the code of the others. */
async function consume({ contender, kafka, group, connection }: Heat, tally: Tally): Promise<void> {
  if (contender === 'eachBatch') return consumeWithEachBatch(kafka, group, tally);
  if (contender === 'nest') return (await import('./nest-kafka.js')).consumeWithNest(kafka, group, tally);
  return (await import('./product.js')).consumeWithProduct(kafka, group, tally, connection);
}
