import type { Clock } from '@yizhan/kernel';
import type { EndpointClient } from '@yizhan/outgoing';
import type { LogTail } from '../events/log-tail.js';
import type { Batch } from './batch.js';
import type { DeliveriesRepository, Leased } from './deliveries.repository.js';
import type { DeliverySettings } from './delivery-settings.js';
import type { SubscribedLog } from './log-part.js';
import type { Sender } from './message.js';
import type { Outcomes } from './outcomes.js';
import type { Room } from './room.js';

/** What an endpoint's queue works with. */
export interface EndpointParts {
  readonly owner: string;
  readonly clock: Clock;
  readonly wallClock: Clock;
  readonly settings: DeliverySettings;
  readonly deliveries: DeliveriesRepository;
  readonly outcomes: Outcomes;
  readonly room: Room;
  readonly client: EndpointClient;
  readonly sender: Sender;
  readonly log: SubscribedLog;
  readonly tail: LogTail;
  /** Told of every attempt. */
  readonly onAttempt: (result: 'delivered' | 'failed', seconds: number) => void;
}

/** A delivery in hand. */
export interface Held extends Leased {
  /** When it was leased, by `performance.now`. */
  readonly since: number;
  /** What stands for it until something of it is stored; absent of what has a row. */
  readonly first?: First;
}

/** What becomes of a delivery's row when it is stored first. */
export interface First {
  readonly batch: Batch;
  readonly type: string;
}
