import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles, roles } from '@yizhan/identity';
import { CallerScope } from '../caller-scope.js';
import { CloseStation } from './close-station.js';
import { OpenStation } from './open-station.js';
import { ReopenStation } from './reopen-station.js';
import { ResumeStation } from './resume-station.js';
import {
  OpenStationRequest,
  ReasonRequest,
  StationAnswerResponse,
  StationResponse,
  StationsQuery,
} from './stations.dto.js';
import { Stations } from './stations.reader.js';
import { SuspendStation } from './suspend-station.js';

@ApiTags('network')
@Controller('api/v1/stations')
@Roles(...roles)
export class StationsController {
  constructor(
    private readonly openStation: OpenStation,
    private readonly stations: Stations,
    private readonly scope: CallerScope,
  ) {}

  @Post()
  @Roles('command_centre', 'administrator')
  @ApiOperation({ summary: 'Add a relay station with its bays' })
  @ApiCreatedResponse({ type: StationAnswerResponse })
  async open(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: OpenStationRequest,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireArea(caller, body.areaCode);
    return this.openStation.execute(request, body);
  }

  @Get()
  @ApiOperation({ summary: 'List stations' })
  @ApiPage(StationResponse)
  list(@Query() query: StationsQuery): Promise<Page<StationResponse>> {
    return this.stations.list(query);
  }

  @Get(':stationCode')
  @ApiOperation({ summary: 'Read one station' })
  @ApiOkResponse({ type: StationResponse })
  read(@CodeParam('stationCode') stationCode: string): Promise<StationResponse> {
    return this.stations.read(stationCode);
  }
}

@ApiTags('network')
@Controller('api/v1/stations/:stationCode')
@Roles('shift_lead', 'command_centre', 'administrator')
export class StationStatesController {
  constructor(
    private readonly suspendStation: SuspendStation,
    private readonly resumeStation: ResumeStation,
    private readonly closeStation: CloseStation,
    private readonly reopenStation: ReopenStation,
    private readonly scope: CallerScope,
  ) {}

  @Post('suspension')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Stations.suspend', summary: 'Stop swaps at a station for a while' })
  @ApiOkResponse({ type: StationAnswerResponse })
  async suspend(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.suspendStation.execute(request, { stationCode, reason });
  }

  @Post('resumption')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Stations.resume', summary: 'Let handoffs start again at a suspended station' })
  @ApiOkResponse({ type: StationAnswerResponse })
  async resume(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.resumeStation.execute(request, { stationCode });
  }

  @Post('closure')
  @HttpCode(200)
  @Roles('command_centre', 'administrator')
  @ApiOperation({ operationId: 'Stations.close', summary: 'End a station: no handoff starts, no truck comes in' })
  @ApiOkResponse({ type: StationAnswerResponse })
  async close(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.closeStation.execute(request, { stationCode, reason });
  }

  @Post('reopening')
  @HttpCode(200)
  @Roles('command_centre', 'administrator')
  @ApiOperation({ operationId: 'Stations.reopen', summary: 'Open a closed station again' })
  @ApiOkResponse({ type: StationAnswerResponse })
  async reopen(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.reopenStation.execute(request, { stationCode });
  }
}
