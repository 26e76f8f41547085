import type { ConnectionOptions } from 'node:tls';

/** Where Apache Kafka is, how to get in, and what our topic is to be like. */
export interface KafkaSettings {
  /** `host:port` of one broker or more. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string;
  readonly topic: string;
  /** All of one area is in one partition; so many processes of a service can share the work. */
  readonly partitions: number;
  readonly replicationFactor: number;
  /** How many replicas must have a message before it counts as published. */
  readonly minInSyncReplicas: number;
  readonly ssl?: ConnectionOptions;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** What a cluster of three brokers or more should have. */
export const usualTopic = {
  topic: 'yizhan.events',
  partitions: 12,
  replicationFactor: 3,
  minInSyncReplicas: 2,
} as const;
