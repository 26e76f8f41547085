import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest, instantOf } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CallerScope } from '../network/caller-scope.js';
import { DriverAnswerResponse, EndedShiftResponse, RecordRestRequest, StartShiftRequest } from './drivers.dto.js';
import { EndShift } from './end-shift.js';
import { RecordRest } from './record-rest.js';
import { StartShift } from './start-shift.js';

/** Shifts and rests. */
@ApiTags('drivers')
@Controller('api/v1/drivers/:driverId')
@Roles('driver', 'operator', 'shift_lead', 'administrator')
export class DutiesController {
  constructor(
    private readonly startShift: StartShift,
    private readonly endShift: EndShift,
    private readonly recordRest: RecordRest,
    private readonly scope: CallerScope,
  ) {}

  @Post('shift-start')
  @HttpCode(200)
  @Roles('operator', 'shift_lead', 'administrator')
  @ApiOperation({ operationId: 'Drivers.startShift', summary: 'A relay driver is there for trucks, until an hour' })
  @ApiOkResponse({ type: DriverAnswerResponse })
  async start(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('driverId') driverId: string,
    @Body() { stationCode, endsAt }: StartShiftRequest,
  ): Promise<DriverAnswerResponse> {
    caller.requireStation(stationCode);
    return this.startShift.execute(request, { driverId, stationCode, endsAt: instantOf(endsAt) });
  }

  @Post('shift-end')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Drivers.endShift',
    summary: 'Nothing new for this driver; what he holds he keeps until he hands it over',
  })
  @ApiOkResponse({ type: EndedShiftResponse })
  async end(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('driverId') driverId: string,
  ): Promise<EndedShiftResponse> {
    await this.scope.requireDriver(caller, driverId);
    return this.endShift.execute(request, { driverId });
  }

  @Post('rests')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Drivers.recordRest', summary: 'Record a rest that no stretch of driving shows' })
  @ApiOkResponse({ type: DriverAnswerResponse })
  async rest(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('driverId') driverId: string,
    @Body() { startedAt, endedAt }: RecordRestRequest,
  ): Promise<DriverAnswerResponse> {
    await this.scope.requireDriver(caller, driverId);
    const rest = { driverId, startedAt: instantOf(startedAt), endedAt: instantOf(endedAt) };
    return this.recordRest.execute(request, rest);
  }
}
