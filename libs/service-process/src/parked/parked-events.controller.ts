import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  type PipeTransform,
  Post,
  Query,
  type Type,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DiscardedEvents, ParkedEvents, QuarantinedMessages, type Released } from '@yizhan/event-log';
import { ApiPage, type Page, pageOf, PageQuery } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { type Clock, Problem } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import {
  DiscardedEventResponse,
  DiscardRequest,
  ParkedEventDetailResponse,
  ParkedEventResponse,
  ParkedEventsQuery,
  ParkedSummaryResponse,
  QuarantinedMessageResponse,
  ReleasedResponse,
  ReleaseRequest,
} from './parked-events.dto.js';
import { toDetail, toDiscarded, toParkedEvent, toQuarantined, toSummary } from './parked-responses.js';

export const CONSUMER_PLACE = Symbol('consumer place');

/** A consumer group and where it keeps what it parked. */
export interface ConsumerPlace {
  /** Also the part of the address by which a reverse proxy finds the service. */
  readonly group: string;
  readonly database: Database;
  readonly schema: string;
  readonly clock: Clock;
}

const positionPattern = /^[1-9]\d{0,14}$/;

const aPosition: PipeTransform<string, number> = {
  transform(value) {
    if (positionPattern.test(value)) return Number(value);
    throw new Problem('invalid', 'REQUEST.INVALID', 'position in the address must be a place in the log', {
      field: 'position',
    });
  },
};

const PositionInPath = (): MethodDecorator =>
  ApiParam({ name: 'position', required: true, schema: { type: 'integer', minimum: 1, maximum: 999_999_999_999_999 } });

/** Routes of one group; what they change needs no `Idempotency-Key`, as it comes to the same when it is said again. */
@Roles('administrator')
class ParkedEventsRoutes {
  readonly #group: string;
  readonly #clock: Clock;
  readonly #parked: ParkedEvents;
  readonly #discarded: DiscardedEvents;
  readonly #quarantined: QuarantinedMessages;

  constructor(@Inject(CONSUMER_PLACE) { group, database, schema, clock }: ConsumerPlace) {
    this.#group = group;
    this.#clock = clock;
    this.#parked = new ParkedEvents(database, schema);
    this.#discarded = new DiscardedEvents(database, schema);
    this.#quarantined = new QuarantinedMessages(database, schema);
  }

  @Get('parked-events')
  @ApiOperation({
    summary: 'Events that could not be handled, and those that wait behind them, in the order of the log',
  })
  @ApiPage(ParkedEventResponse)
  async list(@Query() query: ParkedEventsQuery): Promise<Page<ParkedEventResponse>> {
    const { type, error, state, subject, limit } = query;
    const filter = { group: this.#group, type, error, state, subject };
    const events = await this.#parked.list(filter, { after: positionAfter(query), limit: limit + 1 });
    return pageOf(events, limit, ({ position }) => [String(position)], toParkedEvent);
  }

  @Get('parked-events/summary')
  @ApiOperation({ summary: 'What holds subjects up, by handler and error' })
  @ApiPage(ParkedSummaryResponse)
  async summary(): Promise<Page<ParkedSummaryResponse>> {
    return { items: (await this.#parked.summary(this.#group)).map(toSummary), next: null };
  }

  @Get('parked-events/:position')
  @ApiOperation({ summary: 'One parked event, whole, with its subject in the log' })
  @PositionInPath()
  @ApiOkResponse({ type: ParkedEventDetailResponse })
  async read(@Param('position', aPosition) position: number): Promise<ParkedEventDetailResponse> {
    return toDetail(await this.#parked.show(this.#group, position));
  }

  @Post('parked-events/release')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let one subject, or all that match, be tried again within a second, from its first parked event on',
  })
  @ApiOkResponse({ type: ReleasedResponse })
  release(@Body() { position, subject, all, type, error }: ReleaseRequest): Promise<ReleasedResponse> {
    const ways = [position, subject, all === true ? all : undefined].filter((way) => way !== undefined);
    const hasFilter = type !== undefined || error !== undefined;
    if (ways.length !== 1 || (hasFilter && all !== true)) {
      const message = 'name one of position, subject and all: true; type and error go with all';
      throw new Problem('invalid', 'REQUEST.INVALID', message);
    }
    if (position !== undefined) return this.#parked.releaseOne(this.#group, position);
    if (subject !== undefined) return this.#releaseSubject(subject);
    return this.#parked.releaseAll(this.#group, { type, error });
  }

  @Post('parked-events/:position/discard')
  @HttpCode(200)
  @ApiOperation({ summary: 'Leave the first parked event of its subject out, with a reason; the later ones go on' })
  @PositionInPath()
  @ApiOkResponse({ type: DiscardedEventResponse })
  async discard(
    @CurrentCaller() caller: Caller,
    @Param('position', aPosition) position: number,
    @Body() { reason }: DiscardRequest,
  ): Promise<DiscardedEventResponse> {
    const discard = { reason, by: caller.subject, at: this.#clock.now() };
    return toDiscarded(await this.#discarded.discard(this.#group, position, discard));
  }

  @Get('discarded-events')
  @ApiOperation({ summary: 'Events that were left out, with who did so, when and why' })
  @ApiPage(DiscardedEventResponse)
  async listDiscarded(@Query() query: PageQuery): Promise<Page<DiscardedEventResponse>> {
    const { limit } = query;
    const events = await this.#discarded.list(this.#group, { after: positionAfter(query), limit: limit + 1 });
    return pageOf(events, limit, ({ position }) => [String(position)], toDiscarded);
  }

  @Get('quarantined')
  @ApiOperation({ summary: 'Messages that could not be read as an event, the oldest first' })
  @ApiPage(QuarantinedMessageResponse)
  async listQuarantined(@Query() query: PageQuery): Promise<Page<QuarantinedMessageResponse>> {
    const { limit } = query;
    const [instant, place = ''] = query.afterKeys(2) ?? [];
    const after = instant === undefined ? undefined : { quarantinedAt: numberOf(instant), place };
    const messages = await this.#quarantined.list(this.#group, { after, limit: limit + 1 });
    return pageOf(messages, limit, (each) => [String(each.quarantinedAt), each.place], toQuarantined);
  }

  async #releaseSubject(subject: string): Promise<Released> {
    const events = await this.#parked.release(this.#group, subject);
    if (events > 0) return { subjects: 1, events };
    const message = `nothing of ${subject} is parked by ${this.#group}`;
    throw new Problem('not_found', 'PARKED_EVENT.NOT_FOUND', message, { subject });
  }
}

/** The routes of one group as a controller of their own, with an address and a name that no other group has. */
export function parkedEventsController(group: string): Type<ParkedEventsRoutes> {
  @ApiTags('operations')
  @Controller(`api/v1/consumers/${group}`)
  class ParkedEventsController extends ParkedEventsRoutes {}
  const prefix = group.replaceAll(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
  Object.defineProperty(ParkedEventsController, 'name', { value: `${prefix}ParkedEventsController` });
  return ParkedEventsController;
}

function positionAfter(query: PageQuery): number | undefined {
  const [position] = query.afterKeys(1) ?? [];
  return position === undefined ? undefined : numberOf(position);
}

function numberOf(key: string): number {
  if (/^\d{1,15}$/.test(key)) return Number(key);
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}
