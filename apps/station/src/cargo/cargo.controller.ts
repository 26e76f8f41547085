import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CaseScope } from '../cases/case-scope.js';
import { CaseResponse } from '../cases/truck.dto.js';
import { HoldCargoRequest, LiftHoldRequest } from '../visits/visits.dto.js';
import { HoldCargo } from './hold-cargo.js';
import type { CargoHold } from './cargo-hold.js';
import { LiftHold } from './lift-hold.js';
import { ReleaseCargo } from './release-cargo.js';

@ApiTags('visits')
@Controller('api/v1/visits/:visitId')
@Roles('operator', 'shift_lead', 'administrator')
export class CargoController {
  constructor(
    private readonly holdCargo: HoldCargo,
    private readonly liftHold: LiftHold,
    private readonly releaseCargo: ReleaseCargo,
    private readonly scope: CaseScope,
  ) {}

  @Post('holds')
  @Roles('operator', 'shift_lead', 'command_centre', 'administrator')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep the cargo, until a later check has passed or somebody lifts the hold' })
  @ApiOkResponse({ type: CaseResponse })
  async hold(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { reasons, lifting }: HoldCargoRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisitOrArea(caller, visitId);
    const of = ofWhom(caller);
    const usual = of === 'command_centre' ? 'by_hand' : 'by_check';
    return this.holdCargo.execute(request, { visitId, reasons, byId: caller.subject, of, lifting: lifting ?? usual });
  }

  @Post('holds/:holdId/lifting')
  @Roles('operator', 'shift_lead', 'command_centre', 'administrator')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Cargo.liftHold', summary: 'Lift one hold; the others stand' })
  @ApiOkResponse({ type: CaseResponse })
  async lift(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @UuidParam('holdId') holdId: string,
    @Body() { reason }: LiftHoldRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisitOrArea(caller, visitId);
    return this.liftHold.execute(request, { visitId, holdId, reason, of: ofWhom(caller) });
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

function ofWhom({ role }: Caller): CargoHold['of'] {
  return role === 'operator' || role === 'shift_lead' ? 'station' : 'command_centre';
}
