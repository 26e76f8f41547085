import { eventSources } from '@yizhan/contracts';
import { servicePlaces } from '@yizhan/persistence';
import type { ServiceDefinition } from '@yizhan/service-process';
import { dispatchMigrations, DispatchModule } from './dispatch.module.js';
import { measureBacklog } from './delivery/measure-backlog.js';
import { LiveStreams } from './events/live-streams.js';
import { ReadFeed } from './events/read-feed.js';

/** Dispatch, for the process that runs it. */
export const dispatchService: ServiceDefinition = {
  name: 'dispatch',
  place: servicePlaces.dispatch,
  source: eventSources.dispatch,
  poolSize: 10,
  migrations: dispatchMigrations,
  needsKeystore: true,
  register: (ports) => DispatchModule.register(ports),
  streams: (get) => [get(LiveStreams), get(ReadFeed)],
  measure: measureBacklog,
};
