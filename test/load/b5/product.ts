import 'reflect-metadata';
import { Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { eventType, type YizhanEvent } from '@yizhan/contracts';
import { EventLogServer, type KafkaSettings, KafkaTransport, LogReader, PassHandlerErrors } from '@yizhan/event-log';
import { SystemClock } from '@yizhan/kernel';
import { Metrics } from '@yizhan/observability';
import { type Connection, createDataSource, Database } from '@yizhan/persistence';
import { trafficNames } from '../ground/traffic.js';
import { Tally } from './tally.js';

const COUNTED = Symbol('counted');

@Controller()
class Counts {
  constructor(@Inject(Tally) private readonly tally: Tally) {}

  @EventPattern<string[]>(trafficNames.map(eventType), COUNTED)
  take(@Payload() _event: YizhanEvent): void {
    this.tally.count();
  }
}

@Module({})
class CountsModule {}

/**
 * The product as a service process has it, metrics included: strict reading, one effect, Nest's decorators. The log in
 * the database is empty, so that every event comes from Kafka.
 */
export async function consumeWithProduct(
  kafka: KafkaSettings,
  group: string,
  tally: Tally,
  connection: Connection,
): Promise<void> {
  const source = createDataSource({ connection, applicationName: 'bench', schema: 'scheduler', poolSize: 2 });
  await source.initialize();
  const database = new Database(source);
  const strategy = new EventLogServer({
    group,
    database,
    schema: 'scheduler',
    clock: new SystemClock(),
    effect: 'memory',
    mark: COUNTED,
    transport: new KafkaTransport({ kafka, reader: new LogReader(database), onFault: fail, onDead: fail }),
    telemetry: new OnlyFromKafka(fail),
  });
  const app = await NestFactory.createMicroservice(
    { module: CountsModule, controllers: [Counts], providers: [{ provide: Tally, useValue: tally }] },
    { strategy, logger: ['error'] },
  );
  app.useGlobalFilters(new PassHandlerErrors());
  await app.listen();
}

/** A figure is of no use where an event was taken from elsewhere, or was not handled. */
class OnlyFromKafka extends Metrics {
  override pulled = fail;
  override parked = fail;
  override quarantined = fail;
}

function fail(...what: unknown[]): never {
  throw new Error(`this round is spoilt: ${what.map(String).join(' ')}`);
}
