import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, instantOf, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CaseScope } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { CaseResponse } from '../cases/truck.dto.js';
import { AcceptAssignment } from './accept-assignment.js';
import { AssignDriver } from './assign-driver.js';
import { DeclineAssignment } from './decline-assignment.js';
import { DeclineRequest } from './decline.dto.js';
import { AssignDriverRequest, DriverOfHandoffRequest, EndAssignmentRequest } from './handoffs.dto.js';
import { ReportNoShow } from './report-no-show.js';
import { WithdrawAssignment } from './withdraw-assignment.js';

/** What the station does about who drives. */
@ApiTags('handoffs')
@Controller('api/v1/handoffs/:handoffId')
@Roles('operator', 'shift_lead', 'administrator')
export class AssignmentsController {
  constructor(
    private readonly assignDriver: AssignDriver,
    private readonly reportNoShow: ReportNoShow,
    private readonly withdrawAssignment: WithdrawAssignment,
    private readonly scope: CaseScope,
  ) {}

  @Post('assignment')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.assign', summary: 'Name the driver by hand' })
  @ApiOkResponse({ type: CaseResponse })
  async assign(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { driverId, plannedStartAt, decisionId, overrides = [] }: AssignDriverRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    // An operator overrides nothing alone: a shift lead has to have approved it.
    const needsSecond = caller.role === 'operator';
    return this.assignDriver.execute(request, {
      handoffId,
      driverId,
      ...given({ plannedStartAt: instantOf(plannedStartAt), decisionId }),
      overrides: overrides.map(({ ...override }) => ({ ...override, byId: caller.subject, needsSecond })),
    });
  }

  @Post('no-show')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.reportNoShow', summary: 'The driver was expected and is not there' })
  @ApiBody({ type: EndAssignmentRequest, required: false })
  @ApiOkResponse({ type: CaseResponse })
  async noShow(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { driverId }: EndAssignmentRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    return this.reportNoShow.execute(request, { handoffId, ...given({ driverId }) });
  }

  @Post('withdrawal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.withdraw', summary: 'Take the assignment back' })
  @ApiBody({ type: EndAssignmentRequest, required: false })
  @ApiOkResponse({ type: CaseResponse })
  async withdraw(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { driverId }: EndAssignmentRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    return this.withdrawAssignment.execute(request, { handoffId, ...given({ driverId }) });
  }
}

/** What the driver says, himself or by an operator of the station. */
@ApiTags('handoffs')
@Controller('api/v1/handoffs/:handoffId')
@Roles('driver', 'operator', 'shift_lead', 'administrator')
export class DriverAnswersController {
  constructor(
    private readonly acceptAssignment: AcceptAssignment,
    private readonly declineAssignment: DeclineAssignment,
    private readonly scope: CaseScope,
  ) {}

  @Post('acceptance')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.accept', summary: 'The driver comes' })
  @ApiOkResponse({ type: CaseResponse })
  async accept(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { driverId }: DriverOfHandoffRequest,
  ): Promise<CaseResponse> {
    await this.#requireSpeaker(caller, handoffId, driverId);
    return this.acceptAssignment.execute(request, { handoffId, driverId });
  }

  @Post('decline')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.decline', summary: 'The driver does not come' })
  @ApiOkResponse({ type: CaseResponse })
  async decline(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { driverId, reason }: DeclineRequest,
  ): Promise<CaseResponse> {
    await this.#requireSpeaker(caller, handoffId, driverId);
    return this.declineAssignment.execute(request, { handoffId, driverId, ...given({ reason }) });
  }

  async #requireSpeaker(caller: Caller, handoffId: string, driverId: string): Promise<void> {
    if (caller.role === 'driver') caller.requireSelf(driverId);
    else await this.scope.requireHandoff(caller, handoffId);
  }
}
