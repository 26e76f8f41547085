import type { Attempt } from './attempt.js';
import type { Batch } from './batch.js';

/** What one attempt has come to. */
export interface Outcome {
  readonly subscriptionId: string;
  readonly position: number;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly tries: number;
  /** When it is tried again, epoch milliseconds. */
  readonly dueAt: number;
  readonly attempt: Attempt;
}

/** What came of a delivery that only its batch stands for; without an attempt where it was never sent. */
export interface FirstOutcome extends Omit<Outcome, 'attempt'> {
  readonly attempt: Attempt | null;
  readonly batch: Batch;
  readonly number: number;
  readonly eventId: string;
  readonly type: string;
}
