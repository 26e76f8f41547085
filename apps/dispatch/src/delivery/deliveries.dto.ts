import { ApiProperty } from '@nestjs/swagger';
import { Flag, Instant, Nested, OneOf, PageQuery, Text, Uuid, WholeNumber } from '@yizhan/http';
import { positionPattern } from '../events/events.dto.js';
import { AttemptResponse } from '../subscriptions/subscriptions.dto.js';
import { replayed } from './begin-replay.js';

const deliveryStates = ['pending', 'delivered', 'failed'] as const;
type DeliveryState = (typeof deliveryStates)[number];
const replayStates = ['running', 'done'] as const;

const position = { type: String, pattern: positionPattern.source } as const;

export class DeliveryResponse {
  @ApiProperty({ ...position, description: 'of the event in the log' })
  readonly position: string;

  @WholeNumber({ description: 'place among the deliveries of the subscription, without a gap' })
  readonly number: number;

  @Uuid()
  readonly eventId: string;

  @Text({ description: 'of the event' })
  readonly type: string;

  @Text({ description: '`webhook-id`: the same however often it is sent' })
  readonly webhookId: string;

  @OneOf(deliveryStates, { description: 'failed: it is not tried again by itself' })
  readonly state: DeliveryState;

  @Flag({ description: 'a process has it in hand' })
  readonly isUnderWay: boolean;

  @WholeNumber({ description: 'attempts of its present schedule' })
  readonly tries: number;

  @Instant()
  readonly madeAt: string;

  @Instant({ optional: true })
  readonly nextAttemptAt?: string;

  @Instant({ optional: true, description: 'when it was delivered, or given up' })
  readonly endedAt?: string;

  @Nested(() => AttemptResponse, { list: true, description: 'the newest 20, the oldest of them first' })
  readonly attempts: AttemptResponse[];
}

export class DeliveriesQuery extends PageQuery {
  @OneOf(deliveryStates, { optional: true })
  readonly state?: DeliveryState;
}

export class RedeliveryResponse {
  @Uuid()
  readonly subscriptionId: string;

  @ApiProperty(position)
  readonly position: string;
}

export class BeginReplayRequest {
  @OneOf(replayed, { description: 'undelivered: recover what has failed for good or was skipped' })
  readonly what: (typeof replayed)[number];

  @Instant({ description: 'events recorded from here on' })
  readonly since: string;

  @Instant({ optional: true, description: 'and before this; the present where it is left out' })
  readonly until?: string;
}

export class BegunReplayResponse {
  @Uuid()
  readonly replayId: string;
}

export class ReplayResponse {
  @Uuid()
  readonly replayId: string;

  @OneOf(replayed)
  readonly what: (typeof replayed)[number];

  @Instant()
  readonly since: string;

  @Instant()
  readonly until: string;

  @OneOf(replayStates)
  readonly state: (typeof replayStates)[number];

  @WholeNumber({ description: 'deliveries that it has made due so far' })
  readonly queued: number;

  @WholeNumber({ description: 'places of the log that it has still to look at; 0 once it is done' })
  readonly left: number;

  @Instant()
  readonly createdAt: string;
}
