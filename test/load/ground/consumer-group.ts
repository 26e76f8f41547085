import { setTimeout as pause } from 'node:timers/promises';
import type { KafkaSettings } from '@yizhan/event-log';
import { BareKafka } from './bare-kafka.js';

const lookEvery = 200;
const patience = 60_000;

/** Waits until a group is at rest and each of so many processes owns an equal share of the partitions. @throws after a minute. */
export async function untilShared(kafka: KafkaSettings, group: string, processes: number): Promise<void> {
  const bare = new BareKafka(kafka);
  const begun = performance.now();
  for (;;) {
    const shares = await bare.shares(`${kafka.topic}.${group}`);
    if (shares?.length === processes && shares.every((share) => share === kafka.partitions / processes)) return;
    if (performance.now() - begun > patience) {
      throw new Error(`after a minute the members of ${group} have ${shares?.join(' and ') ?? 'no'} partitions`);
    }
    await pause(lookEvery);
  }
}
