import { type DynamicModule, Module } from '@nestjs/common';
import { HealthModule } from '@yizhan/http';
import { SchedulerModule } from '../../../scheduler/src/scheduler.module.js';
import { StationModule } from '../../../station/src/station.module.js';
import type { Health } from './health.js';
import type { Services } from './services.js';

/** Every service in one process. */
@Module({})
export class RootModule {
  static register({ station, scheduler }: Services, health: Health): DynamicModule {
    return {
      module: RootModule,
      imports: [StationModule.register(station), SchedulerModule.register(scheduler), HealthModule.register(health)],
    };
  }
}
