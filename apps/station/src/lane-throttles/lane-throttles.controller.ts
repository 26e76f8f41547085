import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CurrentRequest, instantOf, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../cases/given.js';
import { LiftThrottle } from './end-throttle.js';
import {
  EndedThrottleResponse,
  LaneThrottleResponse,
  LaneThrottlesQuery,
  ThrottledLaneResponse,
  ThrottleLaneRequest,
} from './lane-throttles.dto.js';
import { LaneThrottles } from './lane-throttles.reader.js';
import { ThrottleLane } from './throttle-lane.js';

/** Lanes of which only so many trucks an hour get a driver (线路限流). */
@ApiTags('lane-throttles')
@Controller('api/v1/lane-throttles')
@Roles('command_centre', 'administrator')
export class LaneThrottlesController {
  constructor(
    private readonly throttleLane: ThrottleLane,
    private readonly liftThrottle: LiftThrottle,
    private readonly throttles: LaneThrottles,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'LaneThrottles.begin',
    summary: 'Let only so many trucks of a lane have a driver in any hour; a throttle that it has already gives way',
  })
  @ApiCreatedResponse({ type: ThrottledLaneResponse })
  begin(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { endsAt, ...lane }: ThrottleLaneRequest,
  ): Promise<ThrottledLaneResponse> {
    caller.requireArea(lane.areaCode);
    return this.throttleLane.execute(request, { ...lane, ...given({ endsAt: instantOf(endsAt) }) });
  }

  @Get()
  @Roles('operator', 'shift_lead', 'command_centre', 'administrator')
  @ApiOperation({
    operationId: 'LaneThrottles.list',
    summary: 'List the throttles of your areas, also those that have ended',
  })
  @ApiPage(LaneThrottleResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: LaneThrottlesQuery): Promise<Page<LaneThrottleResponse>> {
    return this.throttles.list(caller, query);
  }

  @Post(':throttleId/end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'LaneThrottles.end', summary: 'End a throttle before its time' })
  @ApiOkResponse({ type: EndedThrottleResponse })
  async end(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('throttleId') throttleId: string,
  ): Promise<EndedThrottleResponse> {
    await this.throttles.requireArea(caller, throttleId);
    return this.liftThrottle.execute(request, throttleId);
  }
}
