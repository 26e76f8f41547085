import { ApiProperty } from '@nestjs/swagger';
import { parkedStates, type ParkedState } from '@yizhan/event-log';
import { Flag, Instant, Nested, OneOf, PageQuery, Text, WholeNumber } from '@yizhan/http';

const typeOrName = 'type of event, such as `yizhan.handoff.completed.v1`, or `handoff.completed` for every version';
const partOfError = 'a part of the error, in any case; `…` stands for anything';
const longestText = 300;

/** Which parked events. */
export class ParkedEventsQuery extends PageQuery {
  @Text({ optional: true, description: typeOrName })
  readonly type?: string;

  @Text({ optional: true, description: partOfError, maxLength: longestText })
  readonly error?: string;

  @OneOf(parkedStates, { optional: true })
  readonly state?: ParkedState;

  @Text({ optional: true, example: 'handoff/0199…' })
  readonly subject?: string;
}

export class ParkedEventResponse {
  @WholeNumber({ min: 1, description: 'its place in the log' })
  readonly position: number;

  @Text({ description: 'code of the area' })
  readonly partitionKey: string;

  @Text()
  readonly subject: string;

  @Text({ description: 'type of event, which names the handler' })
  readonly type: string;

  @OneOf(parkedStates, {
    description:
      'waiting: behind an earlier event of its subject; retrying: tried again by itself; parked: waits for a person; released: set going',
  })
  readonly state: ParkedState;

  @WholeNumber({ description: 'since it was parked, or since it was last released' })
  readonly attempts: number;

  @Text({ nullable: true, free: true, description: 'what the last attempt met', maxLength: 2_000 })
  readonly error: string | null;

  @Instant({ nullable: true, description: 'null where no further attempt is planned' })
  readonly nextAttemptAt: string | null;

  @Instant()
  readonly parkedAt: string;
}

class SubjectEventResponse {
  @WholeNumber({ min: 1 })
  readonly position: number;

  @Text()
  readonly type: string;

  @Instant()
  readonly recordedAt: string;

  @OneOf([...parkedStates, 'discarded'], {
    nullable: true,
    description: 'null where it is neither parked nor discarded: handled, not listened to, or not reached yet',
  })
  readonly state: ParkedState | 'discarded' | null;
}

export class ParkedEventDetailResponse extends ParkedEventResponse {
  @WholeNumber({ min: 1, description: 'the first parked event of the subject: this one, or the one that it waits for' })
  readonly firstOfSubject: number;

  @WholeNumber({ description: 'how many events of the subject wait behind it' })
  readonly behind: number;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'the whole CloudEvent' })
  readonly event: object;

  @Nested(() => SubjectEventResponse, { list: true, description: 'the newest 50 events of the subject in the log' })
  readonly history: readonly SubjectEventResponse[];
}

export class ParkedSummaryResponse {
  @Text()
  readonly type: string;

  @Text({ nullable: true, free: true, description: '`…` stands for the ids and numbers in it', maxLength: longestText })
  readonly error: string | null;

  @WholeNumber({ description: 'held up by this' })
  readonly subjects: number;

  @WholeNumber({ description: 'how many of the subjects go on only when a person releases or discards' })
  readonly forPerson: number;

  @WholeNumber({ description: 'with those that wait behind' })
  readonly events: number;

  @WholeNumber({ min: 1 })
  readonly oldestPosition: number;

  @Instant()
  readonly oldestParkedAt: string;
}

/** One of `position`, `subject` and `all`; `type` and `error` belong to `all`. */
export class ReleaseRequest {
  @WholeNumber({ optional: true, min: 1, description: 'of the first parked event of a subject' })
  readonly position?: number;

  @Text({ optional: true })
  readonly subject?: string;

  @Flag({ optional: true, description: 'every subject whose first event is as `type` and `error` say' })
  readonly all?: boolean;

  @Text({ optional: true, description: typeOrName })
  readonly type?: string;

  @Text({ optional: true, description: partOfError, maxLength: longestText })
  readonly error?: string;
}

export class ReleasedResponse {
  @WholeNumber({ description: 'set going' })
  readonly subjects: number;

  @WholeNumber({ description: 'with those that waited behind' })
  readonly events: number;
}

export class DiscardRequest {
  @Text({ description: 'why it may be left out; it is kept with the event', maxLength: 1_000 })
  readonly reason: string;
}

export class DiscardedEventResponse {
  @WholeNumber({ min: 1 })
  readonly position: number;

  @Text()
  readonly partitionKey: string;

  @Text()
  readonly subject: string;

  @Text()
  readonly type: string;

  @Text({ nullable: true, free: true, maxLength: 2_000 })
  readonly error: string | null;

  @Text({ maxLength: 1_000 })
  readonly reason: string;

  @Text({ example: 'administrator:lin' })
  readonly discardedBy: string;

  @Instant()
  readonly discardedAt: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'the whole CloudEvent' })
  readonly event: object;
}

export class QuarantinedMessageResponse {
  @Text({ description: 'where it lay', example: 'yizhan.events/3@120' })
  readonly place: string;

  @ApiProperty({ type: String, description: 'the first 10,000 characters of it, as they came' })
  readonly raw: string;

  @WholeNumber({ description: 'of all of it, in characters' })
  readonly rawLength: number;

  @Text({ free: true, description: 'why it is no event' })
  readonly reason: string;

  @Instant()
  readonly quarantinedAt: string;
}
