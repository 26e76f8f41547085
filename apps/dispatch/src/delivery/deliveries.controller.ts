import { Body, Controller, Get, HttpCode, Param, type PipeTransform, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  ApiPage,
  type ChangeRequest,
  CurrentRequest,
  instantOf,
  OwnRows,
  type Page,
  PageQuery,
  UuidParam,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { positionPattern } from '../events/events.dto.js';
import { BeginReplay } from './begin-replay.js';
import { Deliverer } from './deliverer.js';
import {
  BeginReplayRequest,
  BegunReplayResponse,
  DeliveriesQuery,
  DeliveryResponse,
  RedeliveryResponse,
  ReplayResponse,
} from './deliveries.dto.js';
import { Deliveries } from './deliveries.reader.js';
import { Redeliver } from './redeliver.js';
import { UsageResponse } from './usage.dto.js';
import { Usage } from './usage.reader.js';

const asPosition: PipeTransform<string, number> = {
  transform(value) {
    if (positionPattern.test(value)) return Number(value);
    const message = 'position in the address must be a position of the log';
    throw new Problem('invalid', 'REQUEST.INVALID', message, { field: 'position' });
  },
};
const positionParam = {
  name: 'position',
  required: true,
  schema: { type: 'string', pattern: positionPattern.source },
} as const;

@ApiTags('subscriptions')
@Controller('api/v1/subscriptions/:subscriptionId')
@OwnRows()
@Roles('carrier', 'administrator')
export class DeliveriesController {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly usage: Usage,
    private readonly redeliver: Redeliver,
    private readonly beginReplay: BeginReplay,
    private readonly deliverer: Deliverer,
  ) {}

  @Get('deliveries')
  @ApiOperation({ summary: 'List what was and is to be delivered, the newest event first, with every attempt' })
  @ApiPage(DeliveryResponse)
  list(
    @CurrentCaller() caller: Caller,
    @UuidParam('subscriptionId') subscriptionId: string,
    @Query() query: DeliveriesQuery,
  ): Promise<Page<DeliveryResponse>> {
    return this.deliveries.list(caller, subscriptionId, query);
  }

  @Get('deliveries/:position')
  @ApiOperation({ summary: 'Show the delivery of one event' })
  @ApiParam(positionParam)
  @ApiOkResponse({ type: DeliveryResponse })
  one(
    @CurrentCaller() caller: Caller,
    @UuidParam('subscriptionId') subscriptionId: string,
    @Param('position', asPosition) position: number,
  ): Promise<DeliveryResponse> {
    return this.deliveries.one(caller, subscriptionId, position);
  }

  @Post('deliveries/:position/redelivery')
  @HttpCode(200)
  @ApiOperation({ summary: 'Deliver one event again, with the same id and number' })
  @ApiParam(positionParam)
  @ApiOkResponse({ type: RedeliveryResponse })
  async again(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
    @Param('position', asPosition) position: number,
  ): Promise<RedeliveryResponse> {
    const answer = await this.redeliver.execute(request, caller, subscriptionId, position);
    this.deliverer.look();
    return answer;
  }

  @Post('replays')
  @ApiOperation({ summary: 'Deliver again what was recorded within a time, or all of it that has not arrived' })
  @ApiCreatedResponse({ type: BegunReplayResponse })
  async replay(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
    @Body() { what, since, until }: BeginReplayRequest,
  ): Promise<BegunReplayResponse> {
    const wish = { what, since: instantOf(since), until: instantOf(until) };
    const answer = await this.beginReplay.execute(request, caller, subscriptionId, wish);
    this.deliverer.look();
    return answer;
  }

  @Get('replays')
  @ApiOperation({ summary: 'List replays, the newest first, with how much each has made due' })
  @ApiPage(ReplayResponse)
  replays(
    @CurrentCaller() caller: Caller,
    @UuidParam('subscriptionId') subscriptionId: string,
    @Query() query: PageQuery,
  ): Promise<Page<ReplayResponse>> {
    return this.deliveries.replays(caller, subscriptionId, query);
  }

  @Get('usage')
  @ApiOperation({
    operationId: 'Deliveries.usage',
    summary: 'Count what was delivered and what was not, by day, for 14 days back',
  })
  @ApiOkResponse({ type: UsageResponse })
  used(@CurrentCaller() caller: Caller, @UuidParam('subscriptionId') subscriptionId: string): Promise<UsageResponse> {
    return this.usage.of(caller, subscriptionId);
  }
}
