import { type DynamicModule, Module } from '@nestjs/common';
import { CONSUMER_PLACE, type ConsumerPlace, parkedEventsController } from './parked-events.controller.js';

/** `/api/v1/consumers/{group}/…` of one group, for administrators; a process may have it for several groups. */
@Module({})
export class ParkedEventsModule {
  static register(place: ConsumerPlace): DynamicModule {
    return {
      module: ParkedEventsModule,
      controllers: [parkedEventsController(place.group)],
      providers: [{ provide: CONSUMER_PLACE, useValue: place }],
    };
  }
}
