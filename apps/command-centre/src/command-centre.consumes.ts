import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { YizhanEvent } from '@yizhan/contracts';
import { EventContext } from '@yizhan/event-log';
import { countedTypes } from './throughput/count.js';
import { CountEvent } from './throughput/count-event.js';

/** The mark that handlers of the command centre's consumer group carry. */
export const COMMAND_CENTRE_EVENTS = Symbol.for('yizhan/command-centre');

/** What the command centre listens to. */
@Controller()
export class CommandCentreConsumes {
  constructor(private readonly countEvent: CountEvent) {}

  @EventPattern<string[]>([...countedTypes], COMMAND_CENTRE_EVENTS)
  count(@Payload() event: YizhanEvent, @Ctx() context: EventContext): Promise<void> {
    return this.countEvent.execute(event, context.tx);
  }
}
