import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { CaseScope } from '../cases/case-scope.js';
import { CallerScope } from '../network/caller-scope.js';
import { ChangeTruck } from './change-truck.js';
import { RegisterTruck } from './register-truck.js';
import { ChangeTruckRequest, RegisterTruckRequest, TruckAnswerResponse } from './truck-register.dto.js';

/** What trucks are; where they are and who answers for them is custody. */
@ApiTags('trucks')
@Controller('api/v1/trucks')
@Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
export class TruckRegisterController {
  constructor(
    private readonly registerTruck: RegisterTruck,
    private readonly changeTruck: ChangeTruck,
    private readonly areas: CallerScope,
    private readonly scope: CaseScope,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'Trucks.register', summary: 'Register a truck; a carrier its own' })
  @ApiCreatedResponse({ type: TruckAnswerResponse })
  async register(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: RegisterTruckRequest,
  ): Promise<TruckAnswerResponse> {
    if (caller.role !== 'carrier') await this.areas.requireArea(caller, body.areaCode);
    else requireOwn(caller, body.carrierId);
    return this.registerTruck.execute(request, body);
  }

  @Post(':plate/details')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Trucks.change',
    summary: 'Correct what is known of a truck; what is not named stays',
    description:
      'At a station its carrier stays until it has left; who acts there puts its licence right until a driver is looked for with it.',
  })
  @ApiOkResponse({ type: TruckAnswerResponse })
  async change(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('plate') plate: string,
    @Body() { plateColour, licenceRequired, trailerPlate, carrierId, baseZoneId }: ChangeTruckRequest,
  ): Promise<TruckAnswerResponse> {
    await this.scope.requireTruck(caller, plate, undefined);
    if (caller.role === 'carrier' && carrierId !== undefined) requireOwn(caller, carrierId ?? undefined);
    const changes = { plateColour, licenceRequired, trailerPlate, carrierId, baseZoneId };
    const actsAt = (stationCode: string): boolean => caller.mayActAt(stationCode);
    return this.changeTruck.execute(request, { plate, actsAt, ...defined(changes) });
  }
}

function requireOwn(caller: Caller, carrierId: string | undefined): void {
  if (caller.maySeeCarrier(carrierId)) return;
  throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_TRUCK', 'a carrier registers its own trucks');
}

/** Null is a value here: it takes something away. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
