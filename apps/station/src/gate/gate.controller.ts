import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiGoneResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem, toIso } from '@yizhan/kernel';
import { CaseScope } from '../cases/case-scope.js';
import { CreateGateLink } from './create-gate-link.js';
import { GateStatements } from './gate-statement.js';
import {
  CreateGateLinkRequest,
  GateLinkResponse,
  GateStatementRequest,
  GateStatementResponse,
  StatedAtGateResponse,
} from './gate.dto.js';
import { StateAtGate } from './state-at-gate.js';

const usuallyFor = 900;
const tooLate = { description: 'The truck is in already, or will not come' };

/** What the driver of an unannounced truck says of himself on his own phone, while he waits at the gate. */
@ApiTags('visits')
@Controller('api/v1/visits/:visitId')
@Roles('operator', 'shift_lead', 'administrator')
export class GateController {
  constructor(
    private readonly createGateLink: CreateGateLink,
    private readonly stateAtGate: StateAtGate,
    private readonly statements: GateStatements,
    private readonly scope: CaseScope,
  ) {}

  @Post('gate-links')
  @ApiOperation({
    operationId: 'Gate.createLink',
    summary: 'Make a link or QR code with which the driver of a truck at the gate says who he is, on his own phone',
  })
  @ApiCreatedResponse({ type: GateLinkResponse })
  @ApiConflictResponse(tooLate)
  async link(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { validForSeconds = usuallyFor }: CreateGateLinkRequest,
  ): Promise<GateLinkResponse> {
    await this.scope.requireVisit(caller, visitId);
    const { expiresAt, ...answer } = await this.createGateLink.execute(request, { visitId, validForSeconds });
    return { ...answer, expiresAt: toIso(expiresAt) };
  }

  @Post('gate-statement')
  @HttpCode(200)
  @Roles('driver')
  @ApiOperation({
    operationId: 'Gate.state',
    summary: 'A driver with the link of the gate says who he is; whoever lets him in reads it',
  })
  @ApiOkResponse({ type: StatedAtGateResponse })
  @ApiConflictResponse(tooLate)
  state(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { ...said }: GateStatementRequest,
  ): Promise<StatedAtGateResponse> {
    // The guard has seen to it that it is this visit's.
    if (caller.visitId === undefined) {
      throw new Problem('forbidden', 'GATE.WITHOUT_LINK', 'this is for who has scanned the code at the gate');
    }
    return this.stateAtGate.execute(request, { ...said, visitId });
  }

  @Get('gate-statement')
  @ApiOperation({
    operationId: 'Gate.readStatement',
    summary: 'Read what the driver has said of himself last; that it was read is recorded',
  })
  @ApiOkResponse({ type: GateStatementResponse })
  @ApiGoneResponse({ description: 'Its time is over: it was destroyed' })
  async read(@CurrentCaller() caller: Caller, @UuidParam('visitId') visitId: string): Promise<GateStatementResponse> {
    await this.scope.requireVisit(caller, visitId);
    const { saidAt, ...said } = await this.statements.read(visitId, caller.subject);
    return { ...said, saidAt: toIso(saidAt) };
  }
}
