import { type DynamicModule, Module } from '@nestjs/common';
import { EventContractModule, HealthModule } from '@yizhan/http';
import type { EquippedService } from './application.js';
import type { Health } from './health.js';
import { ParkedEventsModule } from './parked/parked-events.module.js';

/** Every service of one process, what their consumers have parked, and how the process is. */
@Module({})
export class RootModule {
  static register(services: readonly EquippedService[], health: Health): DynamicModule {
    return {
      module: RootModule,
      imports: [...services.flatMap(modulesOf), HealthModule.register(health), EventContractModule],
    };
  }
}

function modulesOf({ definition, ports }: EquippedService): DynamicModule[] {
  const { name, place, server } = definition;
  const own = definition.register(ports);
  if (!server) return [own];
  const { database, clock } = ports;
  return [own, ParkedEventsModule.register({ group: name, database, schema: place.schema, clock })];
}
