import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventType, type YizhanEvent } from '@yizhan/contracts';
import { EventContext } from '@yizhan/event-log';
import { CommitProposal } from './handoffs/commit-proposal.js';

/** The mark that handlers of the station's consumer group carry. */
export const STATION_EVENTS = Symbol.for('yizhan/station');

/** What the station listens to, a line each. */
@Controller()
export class StationConsumes {
  constructor(private readonly commitProposal: CommitProposal) {}

  @EventPattern<string[]>([eventType('assignment.proposed')], STATION_EVENTS)
  onProposed(@Payload() event: YizhanEvent<'assignment.proposed'>, @Ctx() context: EventContext): Promise<void> {
    return this.commitProposal.execute(event, context);
  }
}
