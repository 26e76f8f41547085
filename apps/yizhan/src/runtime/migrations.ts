import { eventLogMigrations } from '@yizhan/event-log';
import type { MigrationSet } from '@yizhan/persistence';
import { serviceDefinitions } from './definitions.js';

/** Every schema's migrations; `event_log` first, as the others' grants build on it. */
export const allMigrations: readonly MigrationSet[] = [
  eventLogMigrations,
  ...serviceDefinitions.map(({ migrations }) => migrations),
];
