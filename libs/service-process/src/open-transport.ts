import { setTimeout as pause } from 'node:timers/promises';
import {
  areBrokersAway,
  checkTopics,
  type KafkaSettings,
  KafkaTransport,
  type KafkaTransportSettings,
} from '@yizhan/event-log';
import { environmentFault, Fault, messageOf } from '@yizhan/process';

const askAgainAfter = 5_000;

/**
 * The way to events over Kafka. Where no broker answers, the consumers join once one does: what else a service is for
 * goes on meanwhile. @throws Fault where the topic is not as it must be, or the settings are wrong.
 */
export async function openTransport(settings: KafkaTransportSettings): Promise<KafkaTransport> {
  if (await isTopicThere(settings)) return new KafkaTransport(settings);
  return new KafkaTransport({ ...settings, joinsAfter: (leaving) => untilTopicIsThere(settings, leaving) });
}

interface Asked {
  readonly kafka: KafkaSettings;
  readonly onFault: (where: string, error: unknown) => void;
}

/** Asks until the topic is as it must be, and tells what stands against it; or until `leaving` says to stop. */
export async function untilTopicIsThere(asked: Asked, leaving: AbortSignal): Promise<void> {
  while (!leaving.aborted) {
    await pause(askAgainAfter, undefined, { signal: leaving }).catch(() => undefined);
    try {
      if (leaving.aborted || (await isTopicThere(asked))) return;
    } catch (error) {
      // By now it serves: what is wrong with the topic is no reason to take that away too.
      asked.onFault('waiting for Kafka', error);
    }
  }
}

/** @returns false, and tells it, where no broker answers. @throws Fault where the topic is not as it must be. */
export async function isTopicThere({ kafka, onFault }: Asked): Promise<boolean> {
  try {
    const faults = await checkTopics(kafka);
    if (faults.length === 0) return true;
    throw environmentFault(`${placeOf(kafka)}: ${faults.join('; ')}`, 'Run "npx yizhan topics provision".');
  } catch (error) {
    if (error instanceof Fault) throw error;
    const fault = unanswered(kafka, error);
    if (!areBrokersAway(error)) throw fault;
    onFault('Kafka is away: events wait, everything else goes on', fault);
    return false;
  }
}

const placeOf = ({ brokers }: KafkaSettings): string => `Kafka at ${brokers.join(', ')}`;

function unanswered(kafka: KafkaSettings, error: unknown): Fault {
  const [where, text] = [placeOf(kafka), messageOf(error)];
  const message = text.startsWith(where) ? text : `${where}: ${text}`;
  return environmentFault(message, 'Check KAFKA_BROKERS and the variables YIZHAN_KAFKA_….');
}
