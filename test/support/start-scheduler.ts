import { NestFactory } from '@nestjs/core';
import type { INestMicroservice, Type } from '@nestjs/common';
import { type EventName, type EventSource, eventSources, isEvent, type YizhanEvent } from '@yizhan/contracts';
import {
  EmbeddedTransport,
  eventLogMigrations,
  LogReader,
  Outbox,
  PassHandlerErrors,
  RecentEntries,
  Sequencer,
} from '@yizhan/event-log';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import { SchedulerModule, schedulerMigrations, schedulerServer } from '../../apps/scheduler/src/scheduler.module.js';
import type { KeepingRule } from '../../apps/scheduler/src/snapshots/keep-pictures.js';
import { type AreaStory, monday } from './area-story.js';

/** One scheduler process. */
export interface RunningScheduler {
  readonly app: INestMicroservice;
  get<T>(type: Type<T>): T;
  /** Sequences and folds what was written until nothing is left, and proposes. */
  drain(): Promise<boolean>;
  /** Ends the process without a farewell to the database. */
  stop(): Promise<void>;
}

/** A database and its log, told of by stories in the station's stead, on which schedulers are started and stopped. */
export interface SchedulerGround {
  readonly clock: ManualClock;
  readonly database: Database;
  readonly test: TestDatabase;
  /** @param keeping when it keeps pictures; as usual, so never in a test of few events, unless said otherwise. */
  start(owner?: string, keeping?: KeepingRule): Promise<RunningScheduler>;
  /** Writes what a story has told since the last call, as the station would. */
  write(story: AreaStory): Promise<void>;
  events(): Promise<YizhanEvent[]>;
  eventsOf<N extends EventName>(name: N): Promise<YizhanEvent<N>[]>;
  close(): Promise<void>;
}

/** Opens a fresh database without any service on it. */
export async function openSchedulerGround(clock = new ManualClock(monday)): Promise<SchedulerGround> {
  const test = await openTestDatabase({
    migrations: [eventLogMigrations, schedulerMigrations],
  });
  const [database, sequencing] = await Promise.all([test.open('scheduler'), test.open('eventLog')]);
  const reader = new LogReader(database);
  const sequencer = new Sequencer(sequencing, new RecentEntries());
  const ids = new SeededIds('test');
  const written = new WeakMap<AreaStory, number>();
  const outboxOf = (source: EventSource, wake = () => {}): Outbox => new Outbox(source, clock, ids, wake);
  const events = async (): Promise<YizhanEvent[]> => {
    while ((await sequencer.pass()) > 0);
    return (await reader.after(0, 100_000)).flatMap((entry) => ('event' in entry ? [entry.event] : []));
  };
  return {
    clock,
    database,
    test,
    events,
    eventsOf: async <N extends EventName>(name: N) =>
      (await events()).filter((event): event is YizhanEvent<N> => isEvent(event, name)),
    write: async (story) => {
      const from = written.get(story) ?? 0;
      const news = story.told.slice(from);
      written.set(story, story.told.length);
      const outbox = outboxOf(eventSources.station);
      const cause = { id: `${story.areaCode}:${from}`, causationId: 'told' };
      await database.transaction(async (tx) => outbox.append(tx, cause, news));
    },
    start: async (owner, keeping) => {
      const transport = new EmbeddedTransport({ reader, sequencer, onFault: fault });
      const outbox = outboxOf(eventSources.scheduler, transport.wake);
      const ports = { database, outbox, reader, clock, ids, owner, keeping };
      const server = schedulerServer(ports, transport, (type) => app.get(type, { strict: false }));
      const app = await NestFactory.createMicroservice(SchedulerModule.register(ports), {
        strategy: server,
        logger: ['error'],
        abortOnError: false,
      });
      app.useGlobalFilters(new PassHandlerErrors());
      await app.listen();
      return {
        app,
        get: (type) => app.get(type, { strict: false }),
        drain: () => {
          transport.wake();
          return transport.drain();
        },
        stop: () => app.close(),
      };
    },
    close: () => test.close(),
  };
}

function fault(where: string, error: unknown): never {
  throw new Error(`fault in ${where}`, { cause: error });
}
