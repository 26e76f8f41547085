import { Kafka, type KafkaConfig, logLevel, type RetryOptions } from 'kafkajs';
import { quietConnections } from './quiet-connections.js';
import type { KafkaSettings } from './kafka-settings.js';

/** Explicit, as kafkajs has others under `NODE_ENV=test`. About 12 s of trying before a fault is told. */
export const clientRetry: RetryOptions = {
  initialRetryTime: 100,
  maxRetryTime: 3_000,
  factor: 0.2,
  multiplier: 2,
  retries: 8,
};

type Told = (line: string) => void;

/** What happens whenever a process comes or goes, and is counted as a rebalance. */
const isOrdinary = /rebalancing|not aware of this member|re-joining the group/i;

/** @param tell of what kafkajs has to complain about. */
export function createKafka(settings: KafkaSettings, tell: Told, retry: RetryOptions = clientRetry): Kafka {
  quietConnections();
  const { brokers, clientId, ssl, sasl } = settings;
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId,
    ssl: ssl ?? false,
    ...(sasl === undefined ? {} : { sasl: { ...sasl } as NonNullable<KafkaConfig['sasl']> }),
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    // A broker that is frozen keeps its connections: without a limit every request to it would wait for ever.
    requestTimeout: 8_000,
    enforceRequestTimeout: true,
    retry,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, error, broker } = entry.log as { message: string; error?: unknown; broker?: string };
      if (isOrdinary.test(`${message} ${String(error)}`)) return;
      tell([message, error, broker].filter((part) => typeof part === 'string' && part !== '').join(' · '));
    },
  };
  return new Kafka(config);
}
