import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type EventName, type EventSource, eventSources, isEvent, type YizhanEvent } from '@yizhan/contracts';
import { eventLogMigrations, Outbox, PassHandlerErrors } from '@yizhan/event-log';
import { newSigningKey, TokenSigner } from '@yizhan/identity';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import { openTestDatabase } from '@yizhan/testing';
import { SchedulerModule, schedulerMigrations, schedulerServer } from '../../apps/scheduler/src/scheduler.module.js';
import {
  stationEntities,
  stationMigrations,
  StationModule,
  stationServer,
} from '../../apps/station/src/station.module.js';
import { embedded, type OpenTransport } from './drained-transport.js';
import { monday, type RunningStation } from './start-station.js';
import { openTestKeystore } from './test-keystore.js';
import { Together } from './together.js';

/** Station and scheduler in one process on one log, without HTTP. Time stands until it is moved. */
export async function startRelay(
  clock = new ManualClock(monday),
  openTransport: OpenTransport = embedded,
): Promise<RunningStation> {
  const test = await openTestDatabase({ migrations: [eventLogMigrations, stationMigrations, schedulerMigrations] });
  const database = await test.open('station', { entities: stationEntities });
  const forScheduler = await test.open('scheduler');
  const drained = await openTransport(test, database, clock);
  const { transport, reader, wake, drain } = drained;
  const ids = new SeededIds('test');
  const outboxOf = (source: EventSource): Outbox => new Outbox(source, clock, ids, wake);
  const { keystore, openAgain, removeKeystore } = await openTestKeystore();
  const signingKey = await newSigningKey();
  const signer = await TokenSigner.of(signingKey);
  const outbox = outboxOf(eventSources.station);
  const slipKeys = [await newSigningKey()];
  const station = { database, outbox, reader, clock, ids, keystore, signer, slipKeys };
  const scheduler = { database: forScheduler, outbox: outboxOf(eventSources.scheduler), reader, clock, ids };
  const modules = [StationModule.register(station), SchedulerModule.register(scheduler)];
  const app = await NestFactory.create(Together.of(modules), new FastifyAdapter(), {
    logger: ['error'],
    abortOnError: false,
  });
  const get = <T>(type: Type<T>): T => app.get(type, { strict: false });
  for (const strategy of [stationServer(station, transport), schedulerServer(scheduler, transport, get)]) {
    app.connectMicroservice({ strategy }).useGlobalFilters(new PassHandlerErrors());
  }
  await app.startAllMicroservices();
  const events = async (): Promise<YizhanEvent[]> => {
    await drain();
    return (await reader.after(0, 100_000)).flatMap((entry) => ('event' in entry ? [entry.event] : []));
  };
  return {
    clock,
    database,
    test,
    ports: station,
    openKeystoreAgain: openAgain,
    signingKey,
    modules,
    get,
    request: (key, at) => ({ key, caller: 'operator:test', hash: key, at: at ?? clock.now() }),
    drain,
    transport,
    events,
    eventsOf: async <N extends EventName>(name: N) =>
      (await events()).filter((event): event is YizhanEvent<N> => isEvent(event, name)),
    close: async () => {
      await app.close();
      await drained.close();
      await test.close();
      removeKeystore();
    },
  };
}
