import type { Consumer } from './consumer.js';

/** Carries entries of the log to consumers, in order per partition key, at least once. */
export interface EventTransport {
  /** Begins to feed a consumer from where it stopped. */
  subscribe(consumer: Consumer): Promise<void>;
  /** Ends after the event in hand; resolves when nothing of the consumer is under way. */
  unsubscribe(consumer: Consumer): Promise<void>;
}
