import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CurrentRequest, OwnRows, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Deliverer } from '../delivery/deliverer.js';
import { ChangeSubscription } from './change-subscription.js';
import { CreateSubscription } from './create-subscription.js';
import { DeleteSubscription } from './delete-subscription.js';
import {
  ChangeSubscriptionRequest,
  CreateSubscriptionRequest,
  DeletedSubscriptionResponse,
  NewSubscriptionResponse,
  OneSubscriptionResponse,
  SubscriptionResponse,
  SubscriptionsQuery,
  SubscriptionStateResponse,
} from './subscriptions.dto.js';
import { Subscriptions } from './subscriptions.reader.js';

@ApiTags('subscriptions')
@Controller('api/v1/subscriptions')
@OwnRows()
@Roles('carrier', 'administrator')
export class SubscriptionsController {
  constructor(
    private readonly createSubscription: CreateSubscription,
    private readonly changeSubscription: ChangeSubscription,
    private readonly deleteSubscription: DeleteSubscription,
    private readonly subscriptions: Subscriptions,
    private readonly deliverer: Deliverer,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Subscribe an endpoint to what happens to your trucks; prove the endpoint next' })
  @ApiCreatedResponse({ type: NewSubscriptionResponse })
  create(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: CreateSubscriptionRequest,
  ): Promise<NewSubscriptionResponse> {
    return this.createSubscription.execute(request, caller, body);
  }

  @Get()
  @ApiOperation({ summary: 'List subscriptions, with what waits for each' })
  @ApiPage(SubscriptionResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: SubscriptionsQuery): Promise<Page<SubscriptionResponse>> {
    return this.subscriptions.list(caller, query);
  }

  @Get(':subscriptionId')
  @ApiOperation({ summary: 'Show a subscription, how its endpoint fares and what has happened to it' })
  @ApiOkResponse({ type: OneSubscriptionResponse })
  one(
    @CurrentCaller() caller: Caller,
    @UuidParam('subscriptionId') subscriptionId: string,
  ): Promise<OneSubscriptionResponse> {
    return this.subscriptions.one(caller, subscriptionId);
  }

  @Post(':subscriptionId/details')
  @HttpCode(200)
  @ApiOperation({ summary: 'Change an address, a filter, headers, the rate or the order' })
  @ApiOkResponse({ type: SubscriptionStateResponse })
  change(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
    @Body() body: ChangeSubscriptionRequest,
  ): Promise<SubscriptionStateResponse> {
    return this.#looking(this.changeSubscription.execute(request, caller, subscriptionId, body));
  }

  @Post(':subscriptionId/deletion')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a subscription for good, with its deliveries and its secret' })
  @ApiOkResponse({ type: DeletedSubscriptionResponse })
  delete(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
  ): Promise<DeletedSubscriptionResponse> {
    return this.#looking(this.deleteSubscription.execute(request, caller, subscriptionId));
  }

  /** What was changed is acted upon at once in this process, and in half a second in the others. */
  async #looking<A>(change: Promise<A>): Promise<A> {
    const answer = await change;
    this.deliverer.look();
    return answer;
  }
}
