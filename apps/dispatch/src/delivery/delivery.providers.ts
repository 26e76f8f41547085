import type { Provider, Type } from '@nestjs/common';
import { BatchesRepository } from './batches.repository.js';
import { BeginReplay } from './begin-replay.js';
import { DeliveriesController } from './deliveries.controller.js';
import { Deliveries } from './deliveries.reader.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { Deliverer } from './deliverer.js';
import { SubscribedLogs } from './log-part.js';
import { OpenEndpoint } from './open-endpoint.js';
import { Outcomes } from './outcomes.js';
import { Redeliver } from './redeliver.js';
import { Retention } from './retention.js';
import { RunReplays } from './run-replays.js';
import { Senders } from './senders.js';
import { TrucksOfVisits } from './trucks-of-visits.js';
import { Usage } from './usage.reader.js';

/** Deliveries of events to endpoints. */
export const deliveryProviders: Provider[] = [
  DeliveriesRepository,
  BatchesRepository,
  Outcomes,
  Senders,
  TrucksOfVisits,
  SubscribedLogs,
  RunReplays,
  Retention,
  OpenEndpoint,
  Deliverer,
  Deliveries,
  Usage,
  Redeliver,
  BeginReplay,
];

export const deliveryControllers: Type[] = [DeliveriesController];
