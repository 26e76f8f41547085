import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CallerScope } from '../network/caller-scope.js';
import { ReasonRequest } from '../network/stations/stations.dto.js';
import { CutOffAnswer, ReconnectedAnswer } from './connections.dto.js';
import { CutOffStation } from './cut-off-station.js';
import { HearStation } from './hear-station.js';
import { ReconnectStation } from './reconnect-station.js';

/** Whether a station can be reached from its area. */
@ApiTags('network')
@Controller('api/v1/stations/:stationCode')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class ConnectionsController {
  constructor(
    private readonly cutOff: CutOffStation,
    private readonly reconnect: ReconnectStation,
    private readonly hear: HearStation,
    private readonly scope: CallerScope,
  ) {}

  @Post('heartbeat')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'Stations.beat',
    summary: 'A device at the station can be reached, and has told all that it has logged',
    description:
      'Only operators and shift leads are counted. A station that was heard is watched: where no heartbeat comes for five ' +
      'minutes, or for as long as its policy says, it is cut off. The first one after that reconnects it.',
  })
  @ApiNoContentResponse()
  async beat(@CurrentCaller() caller: Caller, @CodeParam('stationCode') stationCode: string): Promise<void> {
    await this.scope.requireStation(caller, stationCode);
    // Whoever looks at a station from elsewhere says nothing of its link.
    if (caller.role === 'operator' || caller.role === 'shift_lead') await this.hear.execute(stationCode);
  }

  @Post('cut-off')
  @HttpCode(200)
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Stations.cutOff',
    summary: 'Say that a station has lost its link: nobody who is there is assigned from outside any more',
  })
  @ApiOkResponse({ type: CutOffAnswer })
  async cut(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<CutOffAnswer> {
    await this.scope.requireStation(caller, stationCode);
    return this.cutOff.execute(request, { stationCode, reason });
  }

  @Post('reconnection')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Stations.reconnect', summary: 'Say that the link of a station is back' })
  @ApiOkResponse({ type: ReconnectedAnswer })
  async connect(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
  ): Promise<ReconnectedAnswer> {
    await this.scope.requireStation(caller, stationCode);
    return this.reconnect.execute(request, stationCode);
  }
}
