import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CaseScope } from '../cases/case-scope.js';
import { CaseResponse } from '../cases/truck.dto.js';
import { HoldCargoRequest } from '../visits/visits.dto.js';
import { HoldCargo } from './hold-cargo.js';
import { ReleaseCargo } from './release-cargo.js';

@ApiTags('visits')
@Controller('api/v1/visits/:visitId')
@Roles('operator', 'shift_lead', 'administrator')
export class CargoController {
  constructor(
    private readonly holdCargo: HoldCargo,
    private readonly releaseCargo: ReleaseCargo,
    private readonly scope: CaseScope,
  ) {}

  @Post('holds')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep the cargo until a later check has passed' })
  @ApiOkResponse({ type: CaseResponse })
  async hold(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { reasons }: HoldCargoRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.holdCargo.execute(request, { visitId, reasons });
  }

  @Post('release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let the cargo go on after a completed handoff and a passed check' })
  @ApiOkResponse({ type: CaseResponse })
  async release(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
  ): Promise<CaseResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.releaseCargo.execute(request, { visitId });
  }
}
