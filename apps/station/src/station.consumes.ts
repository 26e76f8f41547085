import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventType, type YizhanEvent } from '@yizhan/contracts';
import { EventContext } from '@yizhan/event-log';
import { TraceRecall } from './recalls/trace-recall.js';
import { CommitProposal } from './handoffs/commit-proposal.js';

/** The mark that handlers of the station's consumer group carry. */
export const STATION_EVENTS = Symbol.for('yizhan/station');

/** What the station listens to, a line each. */
@Controller()
export class StationConsumes {
  constructor(
    private readonly commitProposal: CommitProposal,
    private readonly traceRecall: TraceRecall,
  ) {}

  @EventPattern<string[]>([eventType('assignment.proposed')], STATION_EVENTS)
  onProposed(@Payload() event: YizhanEvent<'assignment.proposed'>, @Ctx() context: EventContext): Promise<void> {
    return this.commitProposal.execute(event, context);
  }

  @EventPattern<string[]>([eventType('driver.credential_recalled')], STATION_EVENTS)
  onRecalled(@Payload() event: YizhanEvent<'driver.credential_recalled'>, @Ctx() context: EventContext): Promise<void> {
    return this.traceRecall.execute(event, context);
  }
}
