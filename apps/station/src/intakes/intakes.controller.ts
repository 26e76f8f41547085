import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiGoneResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { DriverAnswerResponse } from '../drivers/drivers.dto.js';
import { CarrierResponse } from '../network/carriers/carriers.controller.js';
import { requireAccess } from '../personal-data/personal-access.js';
import { PersonalScope } from '../personal-data/personal-scope.js';
import { CompleteCarrier } from './complete-carrier.js';
import { CompleteDriver } from './complete-driver.js';
import {
  CompleteCarrierRequest,
  CompleteDriverRequest,
  IntakeResponse,
  IntakesQuery,
  TakeInRequest,
  TakenInResponse,
} from './intakes.dto.js';
import { Intakes } from './intakes.reader.js';
import { TakeIn } from './take-in.js';

/** Whoever comes to the gate and is not known yet. */
@ApiTags('drivers')
@Controller('api/v1/intakes')
@Roles('operator', 'shift_lead', 'administrator')
export class IntakesController {
  constructor(
    private readonly takeIn: TakeIn,
    private readonly completeDriver: CompleteDriver,
    private readonly completeCarrier: CompleteCarrier,
    private readonly intakes: Intakes,
    private readonly scope: PersonalScope,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'Intakes.takeIn',
    summary: 'Take in an outside driver and his carrier by plate and phone',
  })
  @ApiCreatedResponse({ type: TakenInResponse })
  take(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: TakeInRequest,
  ): Promise<TakenInResponse> {
    caller.requireStation(body.stationCode);
    return this.takeIn.execute(request, body);
  }

  @Get()
  @ApiOperation({ summary: 'List who was taken in and of whom something is still to be asked' })
  @ApiPage(IntakeResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: IntakesQuery): Promise<Page<IntakeResponse>> {
    return this.intakes.list(query, caller.role === 'administrator' ? undefined : caller.stations);
  }

  @Post('drivers/:driverId/completion')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Intakes.completeDriver', summary: 'Record the licences of a driver who was taken in' })
  @ApiOkResponse({ type: DriverAnswerResponse })
  @ApiGoneResponse({ description: 'He was erased' })
  async complete(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('driverId') driverId: string,
    @Body() { licences }: CompleteDriverRequest,
  ): Promise<DriverAnswerResponse> {
    const personId = `driver:${driverId}`;
    requireAccess((await this.scope.accessOf(caller, personId)).writes !== 'nothing', personId);
    return this.completeDriver.execute(request, { driverId, licences });
  }

  @Post('carriers/:carrierId/completion')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Intakes.completeCarrier', summary: 'Record the name of a carrier that was taken in' })
  @ApiOkResponse({ type: CarrierResponse })
  nameCarrier(
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('carrierId') carrierId: string,
    @Body() { name }: CompleteCarrierRequest,
  ): Promise<CarrierResponse> {
    return this.completeCarrier.execute(request, { carrierId, name });
  }
}
