import { eventSources } from '@yizhan/contracts';
import { servicePlaces } from '@yizhan/persistence';
import type { ServiceDefinition } from '@yizhan/service-process';
import { SchedulerWake } from './scheduler-wake.js';
import { schedulerMigrations, SchedulerModule, schedulerServer } from './scheduler.module.js';

/** The scheduler, for the process that runs it. */
export const schedulerService: ServiceDefinition = {
  name: 'scheduler',
  place: servicePlaces.scheduler,
  source: eventSources.scheduler,
  poolSize: 4,
  migrations: schedulerMigrations,
  register: (ports) => SchedulerModule.register(ports),
  server: (ports, transport, get) => schedulerServer(ports, transport, get),
  wakes: (get) => [get(SchedulerWake)],
};
