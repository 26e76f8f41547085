import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CodeParam, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CallerScope } from '../network/caller-scope.js';
import { BoardedVisitResponse, BoardResponse } from './board.dto.js';
import { Boards } from './boards.reader.js';

/** A station on one screen. */
@ApiTags('network')
@Controller('api/v1/stations/:stationCode/board')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class BoardsController {
  constructor(
    private readonly boards: Boards,
    private readonly scope: CallerScope,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'Stations.readBoard',
    summary: 'The trucks, bays and drivers of a station as they stand, and the position to follow the log from',
  })
  @ApiOkResponse({ type: BoardResponse })
  async read(@CurrentCaller() caller: Caller, @CodeParam('stationCode') stationCode: string): Promise<BoardResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.boards.draw(stationCode, caller);
  }

  @Get('visits/:visitId')
  @ApiOperation({
    operationId: 'Stations.readBoardedVisit',
    summary: 'One truck as the board shows it: what to look at again after an event of its visit',
  })
  @ApiOkResponse({ type: BoardedVisitResponse })
  async readVisit(
    @CurrentCaller() caller: Caller,
    @CodeParam('stationCode') stationCode: string,
    @UuidParam('visitId') visitId: string,
  ): Promise<BoardedVisitResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.boards.drawVisit(stationCode, visitId);
  }
}
