import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CaseScope } from '../cases/case-scope.js';
import type { OverrideDecision } from '../evidence/collected.js';
import { DecideOverride } from './decide-override.js';
import { overrideDeciders } from './override-request.js';
import { OverrideRequestResponse, RequestOverrideRequest } from './override-requests.dto.js';
import { RequestOverride } from './request-override.js';

/** Who asks a second person for an override, and what that one says. The board of the station lists what is asked. */
@ApiTags('handoffs')
@Controller('api/v1/handoffs/:handoffId/override-requests')
@Roles(...overrideDeciders)
export class OverrideRequestsController {
  constructor(
    private readonly requestOverride: RequestOverride,
    private readonly decideOverride: DecideOverride,
    private readonly scope: CaseScope,
  ) {}

  @Post()
  @Roles('operator', 'shift_lead', 'administrator')
  @ApiOperation({
    operationId: 'Handoffs.requestOverride',
    summary: 'Ask a second person to approve an override, within a quarter of an hour',
  })
  @ApiCreatedResponse({ type: OverrideRequestResponse })
  async ask(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { ...asked }: RequestOverrideRequest,
  ): Promise<OverrideRequestResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    return this.requestOverride.execute(request, { handoffId, ...asked, byId: caller.subject });
  }

  @Post(':overrideRequestId/approval')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Handoffs.approveOverrideRequest',
    summary: 'Approve what somebody else asks for: the override can be made once, within a quarter of an hour',
  })
  @ApiOkResponse({ type: OverrideRequestResponse })
  approve(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @UuidParam('overrideRequestId') overrideRequestId: string,
  ): Promise<OverrideRequestResponse> {
    return this.#decide(caller, request, { handoffId, overrideRequestId, decision: 'approved' });
  }

  @Post(':overrideRequestId/refusal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.refuseOverrideRequest', summary: 'Refuse what somebody else asks for' })
  @ApiOkResponse({ type: OverrideRequestResponse })
  refuse(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @UuidParam('overrideRequestId') overrideRequestId: string,
  ): Promise<OverrideRequestResponse> {
    return this.#decide(caller, request, { handoffId, overrideRequestId, decision: 'refused' });
  }

  async #decide(
    caller: Caller,
    request: ChangeRequest,
    about: { readonly handoffId: string; readonly overrideRequestId: string; readonly decision: OverrideDecision },
  ): Promise<OverrideRequestResponse> {
    await this.scope.requireHandoff(caller, about.handoffId);
    return this.decideOverride.execute(request, { ...about, byId: caller.subject });
  }
}
