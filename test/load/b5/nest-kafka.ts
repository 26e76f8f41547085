import 'reflect-metadata';
import { Controller, type DynamicModule, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, type MicroserviceOptions, Payload, Transport } from '@nestjs/microservices';
import type { KafkaSettings } from '@yizhan/event-log';
import { Tally } from './tally.js';

/** For comparison: Nest's own Kafka transport, with a handler that counts. */
export async function consumeWithNest(kafka: KafkaSettings, groupId: string, tally: Tally): Promise<void> {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(moduleOf(kafka.topic, tally), {
    transport: Transport.KAFKA,
    logger: ['error'],
    options: {
      client: { brokers: [...kafka.brokers], clientId: kafka.clientId },
      consumer: { groupId, maxWaitTimeInMs: 500 },
      subscribe: { fromBeginning: true },
      postfixId: '',
    },
  });
  await app.listen();
}

/** The topic is the pattern, and is known at the start of a round only. */
function moduleOf(topic: string, tally: Tally): DynamicModule {
  @Controller()
  class Counts {
    constructor(@Inject(Tally) private readonly counter: Tally) {}

    @EventPattern(topic)
    take(@Payload() _event: unknown): void {
      this.counter.count();
    }
  }

  @Module({})
  class CountsModule {}

  return { module: CountsModule, controllers: [Counts], providers: [{ provide: Tally, useValue: tally }] };
}
