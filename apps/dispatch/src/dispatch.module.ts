import { type DynamicModule, Module } from '@nestjs/common';
import { Bell, LogReader } from '@yizhan/event-log';
import { type MigrationSet, servicePlaces } from '@yizhan/persistence';
import type { ServicePorts } from '@yizhan/service-process';
import { EventsController } from './events/events.controller.js';
import { LiveStreams } from './events/live-streams.js';
import { LogTail } from './events/log-tail.js';
import { ReadFeed } from './events/read-feed.js';

/** What dispatch is given by the process that it runs in. */
export type DispatchPorts = Pick<ServicePorts, 'reader' | 'logBell'>;

/** Tells those whom it concerns what happened: the log by position, a page at a time or as it grows. */
@Module({})
export class DispatchModule {
  static register({ reader, logBell }: DispatchPorts): DynamicModule {
    return {
      module: DispatchModule,
      controllers: [EventsController],
      providers: [
        { provide: LogReader, useValue: reader },
        { provide: Bell, useValue: logBell },
        LogTail,
        ReadFeed,
        LiveStreams,
      ],
    };
  }
}

/** It keeps nothing of its own yet. */
export const dispatchMigrations: MigrationSet = { schema: servicePlaces.dispatch.schema, migrations: [] };
