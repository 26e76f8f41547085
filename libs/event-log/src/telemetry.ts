import type { EventTracing } from './tracing.js';

/** What a process may count of its events; every callback is optional. */
export interface EventLogTelemetry {
  /** Where traces are wanted. */
  readonly tracing?: EventTracing | undefined;
  /** An event has had its effect. */
  handled?(group: string, type: string, seconds: number): void;
  /** An event came again and was skipped. */
  redelivered?(group: string): void;
  /** Events were missing on Kafka and taken from the log. */
  pulled?(group: string, events: number): void;
  parked?(group: string, type: string): void;
  quarantined?(group: string): void;
  /** From the first word of a new distribution of the partitions until this process had its own. */
  rebalanced?(group: string, seconds: number): void;
  /** Messages on Kafka that this process has still to take. */
  lag?(group: string, events: number): void;
  /** Entries were acknowledged by Kafka; `seconds` since the oldest of them was recorded. */
  published?(events: number, seconds: number): void;
}
