import { type DynamicModule, Module } from '@nestjs/common';
import { HEALTH_CHECKS, HealthController, type HealthChecks } from './health.controller.js';

/** `/health/live` and `/health/ready`, for everybody. */
@Module({})
export class HealthModule {
  static register(checks: HealthChecks): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [{ provide: HEALTH_CHECKS, useValue: checks }],
    };
  }
}
