import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest, instantOf } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../cases/given.js';
import { uuid } from '../cases/load-case.js';
import { CallerScope } from '../network/caller-scope.js';
import { MovedArrivalsResponse, MoveArrivalsRequest } from './arrival-moves.dto.js';
import { MoveArrivals } from './move-arrivals.js';

/** Announced trucks that are to come to another station. */
@ApiTags('network')
@Controller('api/v1/stations/:stationCode/arrival-moves')
@Roles('command_centre', 'administrator')
export class ArrivalMovesController {
  constructor(
    private readonly moveArrivals: MoveArrivals,
    private readonly scope: CallerScope,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Stations.moveArrivals',
    summary: 'Have announced trucks come to another station of the area; their carriers are told',
  })
  @ApiOkResponse({ type: MovedArrivalsResponse })
  async move(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() { visitIds, until, ...body }: MoveArrivalsRequest,
  ): Promise<MovedArrivalsResponse> {
    await this.scope.requireStation(caller, stationCode);
    const ids = [...new Set(visitIds.map((visitId) => uuid(visitId)))];
    return this.moveArrivals.execute(request, {
      ...body,
      stationCode,
      visitIds: ids,
      ...given({ until: instantOf(until) }),
    });
  }
}
