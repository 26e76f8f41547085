import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventType, type YizhanEvent } from '@yizhan/contracts';
import {
  EventContext,
  EventLogServer,
  type KafkaSettings,
  KafkaTransport,
  LogReader,
  PassHandlerErrors,
} from '@yizhan/event-log';
import { SystemClock } from '@yizhan/kernel';
import { Metrics } from '@yizhan/observability';
import { type Connection, createDataSource, Database } from '@yizhan/persistence';
import { answer } from '../ground/child.js';
import { tellFault } from '../ground/figures.js';
import { trafficNames } from '../ground/traffic.js';
import type { Usage } from './worker.js';

export interface ConsumingProcessSettings {
  readonly kafka: KafkaSettings;
  readonly connection: Connection;
  readonly group: string;
}

const EFFECTS = Symbol('effects');

@Controller()
class InsertsEvents {
  @EventPattern<string[]>(trafficNames.map(eventType), EFFECTS)
  async take(@Payload() { id, subject, type }: YizhanEvent, @Ctx() { tx }: EventContext): Promise<void> {
    await tx.rows('INSERT INTO station.bench_effects (event_id, subject, type) VALUES ($1, $2, $3)', [
      id,
      subject,
      type,
    ]);
  }
}

@Module({ controllers: [InsertsEvents] })
class InsertsEventsModule {}

/** Metrics as a service process has them, and how many events had their effect. */
class CountingMetrics extends Metrics {
  count = 0;

  override handled(...event: Parameters<Metrics['handled']>): void {
    super.handled(...event);
    this.count += 1;
  }
}

const metrics = new CountingMetrics(fail);
let close = async (): Promise<void> => undefined;

answer({ start, usage, stop: () => close() });

async function start({ kafka, connection, group }: ConsumingProcessSettings): Promise<void> {
  const source = createDataSource({ connection, applicationName: `bench ${process.pid}`, schema: 'station' });
  await source.initialize();
  const database = new Database(source);
  const strategy = new EventLogServer({
    group,
    database,
    schema: 'station',
    clock: new SystemClock(),
    effect: 'transaction',
    mark: EFFECTS,
    transport: new KafkaTransport({ kafka, reader: new LogReader(database), onFault: tellUnusual, onDead: fail }),
    telemetry: metrics,
  });
  const app = await NestFactory.createMicroservice(InsertsEventsModule, { strategy, logger: ['error'] });
  app.useGlobalFilters(new PassHandlerErrors());
  await app.listen();
  close = async () => {
    await app.close();
    await database.close();
  };
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicroseconds: user + system, handled: metrics.count };
}

/** kafkajs tells of every change of the group as of a fault, once for each partition. */
const isUsual = /rebalancing|coordinator|Restarting the consumer/;

function tellUnusual(where: string, error: unknown): void {
  if (!isUsual.test(String(error))) tellFault(where, error);
}

function fail(...what: unknown[]): never {
  throw new Error(`this round is spoilt: ${what.map(String).join(' ')}`);
}
