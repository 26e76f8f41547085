import { type EventSource, eventSources } from '@yizhan/contracts';
import { EmbeddedTransport, LogReader, Outbox, RecentEntries, Sequencer } from '@yizhan/event-log';
import type { Clock, Ids } from '@yizhan/kernel';
import { type Database, servicePlaces } from '@yizhan/persistence';
import type { SchedulerPorts } from '../../../scheduler/src/scheduler.module.js';
import { stationEntities, type StationPorts } from '../../../station/src/station.module.js';
import type { DatabaseServer } from './postgres/database-server.js';
import { openPlace } from './postgres/open-place.js';

/** Everything below the services: one database per role, the log, the transport. */
export interface Services {
  readonly databases: readonly Database[];
  /** As the sequencer's role. */
  readonly log: Database;
  readonly sequencer: Sequencer;
  readonly transport: EmbeddedTransport;
  /** Reads the log as the sequencer's role. */
  readonly reader: LogReader;
  readonly station: StationPorts;
  readonly scheduler: SchedulerPorts;
}

export interface ServiceSettings {
  readonly server: DatabaseServer;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Name of this process among those that may decide for an area; `single` where it is missing. */
  readonly schedulerOwner?: string | undefined;
  readonly onFault: (where: string, error: unknown) => void;
}

export async function openServices(settings: ServiceSettings): Promise<Services> {
  const { server, clock, ids, schedulerOwner, onFault } = settings;
  const [log, stationDatabase, schedulerDatabase] = await Promise.all([
    openPlace(server, servicePlaces.eventLog, 3),
    openPlace(server, servicePlaces.station, 12, stationEntities),
    openPlace(server, servicePlaces.scheduler, 4),
  ]);
  const recent = new RecentEntries();
  const sequencer = new Sequencer(log, recent);
  const reader = new LogReader(log, recent);
  const transport = new EmbeddedTransport({ reader, sequencer, onFault });
  const portsOf = (database: Database, source: EventSource): StationPorts & SchedulerPorts => ({
    database,
    outbox: new Outbox(source, clock, ids, transport.wake),
    reader: new LogReader(database, recent),
    clock,
    ids,
  });
  return {
    log,
    databases: [log, stationDatabase, schedulerDatabase],
    sequencer,
    transport,
    reader,
    station: portsOf(stationDatabase, eventSources.station),
    scheduler: { ...portsOf(schedulerDatabase, eventSources.scheduler), owner: schedulerOwner },
  };
}
