import { eventSources } from '@yizhan/contracts';
import { servicePlaces } from '@yizhan/persistence';
import type { ServiceDefinition, ServicePorts } from '@yizhan/service-process';
import {
  stationEntities,
  stationMigrations,
  StationModule,
  type StationPorts,
  stationServer,
} from './station.module.js';
import { WatchConnections } from './connections/watch-connections.js';
import { TellOfEndpoints } from './notices/tell-of-endpoints.js';
import { TellOfTrucks } from './notices/tell-of-trucks.js';
import { Retention } from './retention/retention.js';
import { Timers } from './timers/timers.js';

/** The station service, for the process that runs it. */
export const stationService: ServiceDefinition = {
  name: 'station',
  place: servicePlaces.station,
  source: eventSources.station,
  poolSize: 12,
  entities: stationEntities,
  migrations: stationMigrations,
  needsKeystore: true,
  register: (ports) => StationModule.register(withKeystore(ports)),
  server: stationServer,
  dues: (get) => [get(Timers), get(Retention), get(WatchConnections)],
  wakes: (get) => [get(TellOfTrucks), get(TellOfEndpoints)],
};

function withKeystore({ keystore, ...ports }: ServicePorts): StationPorts {
  if (!keystore) throw new Error('the station was given no keystore');
  return { ...ports, keystore };
}
