import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Code, Codes, Flag, Instant, Nested, OneOf, PageQuery, Text, Uuid, WholeNumber } from '@yizhan/http';
import { type FailureCode, failureCodes } from '@yizhan/outgoing';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, Matches } from 'class-validator';
import { isTypeFault, mostTypes, positionPattern, typePattern } from '../events/events.dto.js';
import { headerNamePattern, headerValuePattern, mostHeaders } from './custom-headers.js';
import { resumptions, type Resumption } from './pause-subscription.js';
import { disabledReasons, type DisabledReason, subscriptionStates, type SubscriptionState } from './subscription.js';

function Position(options: { readonly optional?: boolean; readonly description: string }): PropertyDecorator {
  const { optional = false, description } = options;
  return applyDecorators(
    ApiProperty({ type: String, pattern: positionPattern.source, required: !optional, description }),
    ...(optional ? [IsOptional()] : []),
    Matches(positionPattern, { message: 'must be a position of the log, such as 4711' }),
  );
}

export class SubscriptionFilterFields {
  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'string', pattern: typePattern.source },
    minItems: 1,
    maxItems: mostTypes,
    description: 'one of these types, `*` for any characters',
    example: ['yizhan.handoff.*', 'yizhan.visit.departed.v1'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostTypes)
  @IsString({ each: true })
  @Matches(typePattern, { ...isTypeFault, each: true })
  readonly types?: string[];

  @Codes({ optional: true, least: 1, description: 'at one of these stations' })
  readonly stations?: string[];

  @Codes({ optional: true, least: 1, description: 'in one of these areas' })
  readonly areas?: string[];

  @Codes({
    optional: true,
    least: 1,
    description: 'about one of these trucks, also where an event names only its visit',
  })
  readonly plates?: string[];

  @Codes({ optional: true, least: 1, description: 'with one of these consignments on board' })
  readonly consignments?: string[];

  @Codes({
    optional: true,
    least: 1,
    description: 'with one of your own references on board: waybill or outbound numbers',
  })
  readonly references?: string[];
}

export class CustomHeaderFields {
  @ApiProperty({ type: String, pattern: headerNamePattern.source, maxLength: 64, example: 'x-tenant' })
  @IsString()
  @Matches(/^.{1,64}$/, { message: 'must have at most 64 characters' })
  @Matches(headerNamePattern, { message: 'must be authorization, or a name that begins with x-' })
  readonly name: string;

  @ApiProperty({ type: String, pattern: headerValuePattern.source, maxLength: 500, format: 'password' })
  @IsString()
  @Matches(headerValuePattern, { message: 'must be 1 to 500 visible ASCII characters' })
  readonly value: string;
}

const mostPerSecond = 1_000;
const address = 'https, a public address; what it answers is read up to 4 kB';

export class CreateSubscriptionRequest {
  @Text({ maxLength: 2_000, description: address, example: 'https://hooks.example.com/yizhan' })
  readonly url: string;

  @Text({ optional: true })
  readonly description?: string;

  @Code({ optional: true, description: 'whose trucks; an administrator leaves it out for everybody’s' })
  readonly carrierId?: string;

  @Nested(() => SubscriptionFilterFields, { optional: true, description: 'one of each list, all of the lists' })
  readonly filter?: SubscriptionFilterFields;

  @Nested(() => CustomHeaderFields, { optional: true, list: true, mostItems: mostHeaders })
  readonly headers?: CustomHeaderFields[];

  @WholeNumber({ optional: true, min: 1, max: mostPerSecond, description: 'most messages a second' })
  readonly perSecond?: number;

  @Flag({ optional: true, description: 'what happens to one truck comes one after the other' })
  readonly ordered?: boolean;

  @Position({ optional: true, description: 'position after which it begins; the head of the log where it is left out' })
  readonly after?: string;
}

export class ChangeSubscriptionRequest {
  @Text({ optional: true, maxLength: 2_000, description: `${address}; another one has to be proven` })
  readonly url?: string;

  @Text({ optional: true, nullable: true })
  readonly description?: string | null;

  @Nested(() => SubscriptionFilterFields, { optional: true, description: 'in place of the whole filter' })
  readonly filter?: SubscriptionFilterFields;

  @Nested(() => CustomHeaderFields, {
    optional: true,
    list: true,
    mostItems: mostHeaders,
    description: 'in place of all of them',
  })
  readonly headers?: CustomHeaderFields[];

  @WholeNumber({ optional: true, nullable: true, min: 1, max: mostPerSecond })
  readonly perSecond?: number | null;

  @Flag({ optional: true })
  readonly ordered?: boolean;
}

export class RotateSecretRequest {
  @WholeNumber({ optional: true, max: 24, description: 'hours for which both secrets sign; 0 for one that has leaked' })
  readonly overlapHours?: number;
}

export class ResumeSubscriptionRequest {
  @OneOf(resumptions, {
    optional: true,
    description: 'where it stopped, so that nothing is left out, unless told otherwise',
  })
  readonly from?: Resumption;
}

function Secret(): PropertyDecorator {
  return ApiProperty({
    type: String,
    nullable: true,
    format: 'password',
    description: '`whsec_…` of Standard Webhooks; shown this once, null where the same request is answered again',
  });
}

export class NewSubscriptionResponse {
  @Uuid()
  readonly subscriptionId: string;

  @Position({ description: 'position of the log after which it begins' })
  readonly position: string;

  @Secret()
  readonly secret: string | null;
}

export class RotatedSecretResponse {
  @Uuid()
  readonly subscriptionId: string;

  @Secret()
  readonly secret: string | null;

  @Instant({ nullable: true, description: 'until when the one before signs too' })
  readonly previousUntil: string | null;
}

export class SubscriptionStateResponse {
  @Uuid()
  readonly subscriptionId: string;

  @OneOf(subscriptionStates)
  readonly state: SubscriptionState;
}

export class DeletedSubscriptionResponse {
  @Uuid()
  readonly subscriptionId: string;
}

export class AttemptResponse {
  @Instant()
  readonly at: string;

  @WholeNumber()
  readonly milliseconds: number;

  @WholeNumber({ optional: true })
  readonly status?: number;

  @Text({ optional: true, free: true, maxLength: 300, description: 'the start of what the endpoint answered' })
  readonly answer?: string;

  @Text({
    optional: true,
    free: true,
    maxLength: 300,
    description: 'why it failed, in English; left out where it did not',
  })
  readonly failure?: string;

  @OneOf(failureCodes, {
    optional: true,
    description: 'the same as a code; left out too of attempts of earlier versions',
  })
  readonly failureCode?: FailureCode;
}

export class TestResponse extends AttemptResponse {
  @Uuid()
  readonly subscriptionId: string;
}

export class NoticeResponse {
  @Instant()
  readonly at: string;

  @Code({ description: 'such as disabled_gone, disabled_failing, proven' })
  readonly code: string;

  @Text({ free: true })
  readonly message: string;
}

export class SubscriptionResponse {
  @Uuid()
  readonly subscriptionId: string;

  @Code({ optional: true, description: 'whose trucks; left out: everybody’s' })
  readonly carrierId?: string;

  @Text({ maxLength: 2_000 })
  readonly url: string;

  @Text({ optional: true })
  readonly description?: string;

  @Nested(() => SubscriptionFilterFields)
  readonly filter: SubscriptionFilterFields;

  @ApiProperty({ type: [String], description: 'names of the custom headers; their values are shown to nobody' })
  readonly headerNames: readonly string[];

  @WholeNumber({ optional: true })
  readonly perSecond?: number;

  @Flag()
  readonly ordered: boolean;

  @OneOf(subscriptionStates)
  readonly state: SubscriptionState;

  @OneOf(disabledReasons, { optional: true })
  readonly disabledReason?: DisabledReason;

  @Instant({ optional: true, description: 'since when it is disabled' })
  readonly disabledAt?: string;

  @Instant({ optional: true })
  readonly provenAt?: string;

  @Position({ description: 'up to where the log has been made into deliveries' })
  readonly position: string;

  @WholeNumber({ description: 'number of the newest delivery' })
  readonly lastNumber: number;

  @WholeNumber({ description: 'deliveries that are not done, counted up to 5,000' })
  readonly pending: number;

  @Instant({ optional: true, description: 'when the next delivery is due' })
  readonly nextAttemptAt?: string;

  @WholeNumber({ description: 'failures in a row' })
  readonly failures: number;

  @Instant({ optional: true })
  readonly failingSince?: string;

  @Instant({ optional: true, description: 'until when the endpoint is left alone' })
  readonly heldUntil?: string;

  @Instant()
  readonly secretMadeAt: string;

  @Instant({ optional: true, description: 'until when the secret before signs too' })
  readonly previousSecretUntil?: string;

  @Instant()
  readonly createdAt: string;

  @Instant()
  readonly changedAt: string;
}

export class OneSubscriptionResponse extends SubscriptionResponse {
  @Nested(() => NoticeResponse, { list: true, description: 'what has happened to it, the newest first' })
  readonly notices: NoticeResponse[];
}

export class SubscriptionsQuery extends PageQuery {
  @Code({ optional: true, description: 'for an administrator: of this carrier' })
  readonly carrierId?: string;
}
