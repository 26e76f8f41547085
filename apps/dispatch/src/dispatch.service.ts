import { eventSources } from '@yizhan/contracts';
import { servicePlaces } from '@yizhan/persistence';
import type { ServiceDefinition } from '@yizhan/service-process';
import { dispatchMigrations, DispatchModule } from './dispatch.module.js';
import { LiveStreams } from './events/live-streams.js';
import { ReadFeed } from './events/read-feed.js';

/** Dispatch, for the process that runs it. */
export const dispatchService: ServiceDefinition = {
  name: 'dispatch',
  place: servicePlaces.dispatch,
  source: eventSources.dispatch,
  poolSize: 6,
  migrations: dispatchMigrations,
  register: (ports) => DispatchModule.register(ports),
  streams: (get) => [get(LiveStreams), get(ReadFeed)],
};
