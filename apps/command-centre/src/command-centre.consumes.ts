import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventType, type YizhanEvent } from '@yizhan/contracts';
import { EventContext } from '@yizhan/event-log';
import { capacityNames } from './capacity/take-capacity.js';
import { takenNames } from './kpis/fact.js';
import { gather } from './kpis/gathered-events.js';
import { countedTypes } from './throughput/count.js';

/** The mark that handlers of the command centre's consumer group carry. */
export const COMMAND_CENTRE_EVENTS = Symbol.for('yizhan/command-centre');

/** Its name. */
export const commandCentreGroup = 'command-centre';

/** Types of the events that the read models are made of. */
export const readTypes: readonly string[] = [
  ...new Set([
    ...countedTypes,
    ...[...takenNames, ...capacityNames, 'record.retracted' as const].map((name) => eventType(name)),
  ]),
];

/** What the command centre listens to. */
@Controller()
export class CommandCentreConsumes {
  /** The events of one transaction are folded together when it ends: see `commandCentreServer`. */
  @EventPattern<string[]>([...readTypes], COMMAND_CENTRE_EVENTS)
  read(@Payload() event: YizhanEvent, @Ctx() context: EventContext): void {
    gather(event, context.tx);
  }
}
