import { CreateEventLog1764000000000 } from '@yizhan/event-log';
import { type MigrationSet, servicePlaces } from '@yizhan/persistence';
import { schedulerMigrations } from '../../../scheduler/src/scheduler.module.js';
import { stationMigrations } from '../../../station/src/station.module.js';

/** Every schema's migrations; `event_log` first, as the others' grants build on it. */
export const allMigrations: readonly MigrationSet[] = [
  { schema: servicePlaces.eventLog.schema, migrations: [CreateEventLog1764000000000] },
  stationMigrations,
  schedulerMigrations,
];
