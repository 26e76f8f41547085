import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { CommandCentreConsumes } from '../../apps/command-centre/src/command-centre.consumes.js';
import { SchedulerConsumes } from '../../apps/scheduler/src/scheduler.consumes.js';
import { StationConsumes } from '../../apps/station/src/station.consumes.js';

/** The types that a class of handlers declares with `@EventPattern`, in the order in which it does. */
function declaredTypes({ prototype }: Type<object>): string[] {
  const handlers = Object.getOwnPropertyNames(prototype).map(
    (name) => Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown,
  );
  return handlers.flatMap((handler) =>
    typeof handler === 'function'
      ? ((Reflect.getMetadata(PATTERN_METADATA, handler) as string[] | undefined) ?? [])
      : [],
  );
}

/** Every consumer group, and the types that it receives. */
export const consumedTypes = {
  station: declaredTypes(StationConsumes),
  scheduler: declaredTypes(SchedulerConsumes),
  'command-centre': declaredTypes(CommandCentreConsumes),
} as const;

export type ConsumerGroup = keyof typeof consumedTypes;
