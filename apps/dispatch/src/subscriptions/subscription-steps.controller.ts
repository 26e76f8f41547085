import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Deliverer } from '../delivery/deliverer.js';
import { PauseSubscription } from './pause-subscription.js';
import { ProveEndpoint } from './prove-endpoint.js';
import { RotateSecret } from './rotate-secret.js';
import { SendTest } from './send-test.js';
import {
  ResumeSubscriptionRequest,
  RotatedSecretResponse,
  RotateSecretRequest,
  SubscriptionStateResponse,
  TestResponse,
} from './subscriptions.dto.js';

const usualOverlap = 24;

/** What is done with one subscription. */
@ApiTags('subscriptions')
@Controller('api/v1/subscriptions/:subscriptionId')
@Roles('carrier', 'administrator')
export class SubscriptionStepsController {
  constructor(
    private readonly proveEndpoint: ProveEndpoint,
    private readonly sendTest: SendTest,
    private readonly rotateSecret: RotateSecret,
    private readonly pauseSubscription: PauseSubscription,
    private readonly deliverer: Deliverer,
  ) {}

  @Post('proof')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the endpoint a challenge; once it has sent that back, deliveries begin' })
  @ApiOkResponse({ type: SubscriptionStateResponse })
  prove(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
  ): Promise<SubscriptionStateResponse> {
    return this.#looking(this.proveEndpoint.execute(request, caller, subscriptionId));
  }

  @Post('test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the endpoint a message that tells of nothing, and see what it answers' })
  @ApiOkResponse({ type: TestResponse })
  test(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
  ): Promise<TestResponse> {
    return this.sendTest.execute(request, caller, subscriptionId);
  }

  @Post('secret')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give it a new secret; for a day messages are signed with both' })
  @ApiOkResponse({ type: RotatedSecretResponse })
  async rotate(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
    @Body() { overlapHours = usualOverlap }: RotateSecretRequest,
  ): Promise<RotatedSecretResponse> {
    const rotated = this.rotateSecret.execute(request, caller, subscriptionId, overlapHours);
    const { secret, previousUntil } = await this.#looking(rotated);
    return { subscriptionId, secret, previousUntil: previousUntil === null ? null : toIso(previousUntil) };
  }

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop deliveries; the log keeps what happens meanwhile' })
  @ApiOkResponse({ type: SubscriptionStateResponse })
  pause(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
  ): Promise<SubscriptionStateResponse> {
    return this.#looking(this.pauseSubscription.pause(request, caller, subscriptionId));
  }

  @Post('resumption')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go on after a pause or after it was disabled, with everything since or from now on' })
  @ApiOkResponse({ type: SubscriptionStateResponse })
  resume(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('subscriptionId') subscriptionId: string,
    @Body() { from = 'where_it_stopped' }: ResumeSubscriptionRequest,
  ): Promise<SubscriptionStateResponse> {
    return this.#looking(this.pauseSubscription.resume(request, caller, subscriptionId, from));
  }

  /** What was changed is acted upon at once in this process, and in half a second in the others. */
  async #looking<A>(change: Promise<A>): Promise<A> {
    const answer = await change;
    this.deliverer.look();
    return answer;
  }
}
