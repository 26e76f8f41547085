import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../../cases/given.js';
import { CallerScope } from '../caller-scope.js';
import { OpeningHoursField } from '../opening-hours/opening-hours.dto.js';
import { SetOpeningHours } from '../opening-hours/set-opening-hours.js';
import { ChangeAssignmentMode } from './change-assignment-mode.js';
import { ChangeBays } from './change-bays.js';
import { ChangeStation } from './change-station.js';
import {
  AssignmentModeRequest,
  ChangeBaysRequest,
  ChangedBaysResponse,
  ChangeStationRequest,
  StationAnswerResponse,
} from './stations.dto.js';

/** How a station is run. */
@ApiTags('network')
@Controller('api/v1/stations/:stationCode')
@Roles('shift_lead', 'command_centre', 'administrator')
export class StationEditsController {
  constructor(
    private readonly changeStation: ChangeStation,
    private readonly changeBays: ChangeBays,
    private readonly changeMode: ChangeAssignmentMode,
    private readonly setHours: SetOpeningHours,
    private readonly scope: CallerScope,
  ) {}

  @Post('details')
  @HttpCode(200)
  @Roles('command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Stations.change',
    summary: 'Correct the name, county, place or zones of a station; what is not named stays',
  })
  @ApiOkResponse({ type: StationAnswerResponse })
  async change(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() { name, countyCode, location, zoneIds }: ChangeStationRequest,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.changeStation.execute(request, { stationCode, ...given({ name, countyCode, location, zoneIds }) });
  }

  @Post('bays')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Stations.changeBays', summary: 'Add bays, and close bays where nothing is under way' })
  @ApiOkResponse({ type: ChangedBaysResponse })
  async bays(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() { add, close }: ChangeBaysRequest,
  ): Promise<ChangedBaysResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.changeBays.execute(request, { stationCode, add, close });
  }

  @Post('assignment-mode')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Stations.changeAssignmentMode',
    summary: 'Say whether what the scheduler proposes is assigned at once or waits for a person',
  })
  @ApiOkResponse({ type: StationAnswerResponse })
  async mode(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() { assignmentMode }: AssignmentModeRequest,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.changeMode.execute(request, { stationCode, assignmentMode });
  }

  @Post('opening-hours')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Stations.setOpeningHours',
    summary: 'Say when a station is open; trucks that come at other times are still taken in',
  })
  @ApiOkResponse({ type: StationAnswerResponse })
  async hours(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
    @Body() hours: OpeningHoursField,
  ): Promise<StationAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.setHours.execute(request, { stationCode, hours });
  }
}
