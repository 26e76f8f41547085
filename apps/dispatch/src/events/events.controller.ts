import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Caller, credentialOf, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChooseEvents } from './choose-events.js';
import { EventFeedPage, FeedQuery, positionPattern, StreamQuery } from './events.dto.js';
import { LiveStreams } from './live-streams.js';
import { LogTail } from './log-tail.js';
import { type FeedPage, ReadFeed } from './read-feed.js';

const position = { type: 'string', pattern: positionPattern.source } as const;

/** The log for those whom it concerns: a page at a time, or as it grows. */
@ApiTags('events')
@Controller('api/v1/events')
@Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
export class EventsController {
  constructor(
    private readonly readFeed: ReadFeed,
    private readonly streams: LiveStreams,
    private readonly tail: LogTail,
    private readonly choose: ChooseEvents,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'Events.list',
    summary: 'Events after a position, in the order of the log; go on with `next`',
  })
  @ApiOkResponse({ type: EventFeedPage })
  async page(
    @CurrentCaller() caller: Caller,
    @Query() { after = '0', limit, wait, ...filter }: FeedQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const choice = this.choose.of(caller, filter);
    const asked = { after: Number(after), limit, waitSeconds: wait, choice };
    const page = await this.readFeed.execute(asked, request.signal);
    void reply.header('content-type', 'application/json').send(Buffer.from(jsonOf(page)));
  }

  @Get('stream')
  @ApiOperation({
    summary: 'Events as they come (server-sent events), after a position or from now on; `id` is the position',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'position of the last event that you have; goes before `after`',
    schema: position,
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  async stream(
    @CurrentCaller() caller: Caller,
    @Query() { after, ...filter }: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const choice = this.choose.of(caller, filter);
    const from = await this.#from(after, lastEventId);
    this.streams.requireRoom(caller);
    const headers = {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      // A proxy that gathers answers would hold events back.
      'x-accel-buffering': 'no',
    };
    // Fastify asks for the head of every GET here too; there is no end that it could wait for.
    if (reply.request.method === 'HEAD') return void reply.headers(headers).send();
    reply.hijack();
    this.streams.begin(reply.raw, { caller, credential: credentialOf(reply.request), after: from, choice, headers });
  }

  async #from(after: string | undefined, lastEventId: string | undefined): Promise<number> {
    if (lastEventId === undefined) {
      const head = await this.tail.headFrom(Number(after ?? 0));
      return after === undefined ? head : Number(after);
    }
    const field = 'Last-Event-ID';
    if (!positionPattern.test(lastEventId))
      throw new Problem('invalid', 'REQUEST.INVALID', `${field} must be a position of the log`, { field });
    await this.tail.headFrom(Number(lastEventId), field);
    return Number(lastEventId);
  }
}

/** The documents go out as they lie in the log, letter by letter. */
const jsonOf = ({ documents, next, head }: FeedPage): string =>
  `{"events":[${documents.join(',')}],"next":"${next}","head":"${head}"}`;
