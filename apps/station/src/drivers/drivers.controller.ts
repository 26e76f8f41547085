import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CallerScope } from '../network/caller-scope.js';
import { ChangeDriver } from './change-driver.js';
import { ChangeDriverSide } from './change-driver-side.js';
import {
  ChangeDriverRequest,
  ChangeSideRequest,
  DriverAnswerResponse,
  DriverDetailResponse,
  DriverResponse,
  DriversQuery,
  EnrolDriverRequest,
} from './drivers.dto.js';
import { Drivers } from './drivers.reader.js';
import { EnrolDriver } from './enrol-driver.js';

@ApiTags('drivers')
@Controller('api/v1/drivers')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class DriversController {
  constructor(
    private readonly enrolDriver: EnrolDriver,
    private readonly changeDriver: ChangeDriver,
    private readonly changeSide: ChangeDriverSide,
    private readonly drivers: Drivers,
    private readonly scope: CallerScope,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Enrol a driver: a relay driver of a zone, or an outside driver' })
  @ApiCreatedResponse({ type: DriverAnswerResponse })
  async enrol(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: EnrolDriverRequest,
  ): Promise<DriverAnswerResponse> {
    await this.scope.requireArea(caller, body.areaCode);
    return this.enrolDriver.execute(request, body);
  }

  @Get()
  @ApiOperation({ summary: 'List drivers of the areas that the token reaches' })
  @ApiPage(DriverResponse)
  async list(@CurrentCaller() caller: Caller, @Query() query: DriversQuery): Promise<Page<DriverResponse>> {
    return this.drivers.list(query, await this.scope.areasOf(caller));
  }

  @Get(':driverId')
  @Roles('driver', 'operator', 'shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Read one driver; drivers read themselves' })
  @ApiOkResponse({ type: DriverDetailResponse })
  async read(@CurrentCaller() caller: Caller, @CodeParam('driverId') driverId: string): Promise<DriverDetailResponse> {
    await this.scope.requireDriver(caller, driverId);
    return this.drivers.read(driverId);
  }

  @Post(':driverId/details')
  @HttpCode(200)
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Drivers.change',
    summary: 'Correct the licences, home station or carrier of a driver; what is not named stays',
  })
  @ApiOkResponse({ type: DriverAnswerResponse })
  async correct(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('driverId') driverId: string,
    @Body() { licences, homeStationCode, carrierId }: ChangeDriverRequest,
  ): Promise<DriverAnswerResponse> {
    await this.scope.requireDriver(caller, driverId);
    return this.changeDriver.execute(request, {
      driverId,
      ...(licences === undefined ? {} : { licences }),
      ...(homeStationCode === undefined ? {} : { homeStationCode }),
      ...(carrierId === undefined ? {} : { carrierId }),
    });
  }

  @Post(':driverId/side')
  @HttpCode(200)
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Drivers.changeSide',
    summary: 'Record that a driver has crossed into or out of a zone',
  })
  @ApiOkResponse({ type: DriverAnswerResponse })
  async change(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('driverId') driverId: string,
    @Body() { insideZoneId }: ChangeSideRequest,
  ): Promise<DriverAnswerResponse> {
    await this.scope.requireDriver(caller, driverId);
    return this.changeSide.execute(request, { driverId, insideZoneId });
  }
}
