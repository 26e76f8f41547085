import { eventSources } from '@yizhan/contracts';
import { servicePlaces } from '@yizhan/persistence';
import type { ServiceDefinition } from '@yizhan/service-process';
import { stationEntities, stationMigrations, StationModule, stationServer } from './station.module.js';
import { Timers } from './timers/timers.js';

/** The station service, for the process that runs it. */
export const stationService: ServiceDefinition = {
  name: 'station',
  place: servicePlaces.station,
  source: eventSources.station,
  poolSize: 12,
  entities: stationEntities,
  migrations: stationMigrations,
  register: (ports) => StationModule.register(ports),
  server: stationServer,
  dues: (get) => [get(Timers)],
};
