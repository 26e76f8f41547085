import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CurrentRequest, instantOf, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { CaseScope } from '../cases/case-scope.js';
import { CaseResponse } from '../cases/truck.dto.js';
import { AbortHandoff } from './abort-handoff.js';
import { CompleteHandoff } from './complete-handoff.js';
import {
  AbortHandoffRequest,
  CompleteHandoffRequest,
  HandoffResponse,
  HandoffsQuery,
  StartHandoffRequest,
} from './handoffs.dto.js';
import { Handoffs } from './handoffs.reader.js';
import { StartHandoff } from './start-handoff.js';

/** Instants of others as events carry them: UTC, with milliseconds. */
const inUtc = (instant: string): string => toIso(instantOf(instant));

@ApiTags('handoffs')
@Controller('api/v1/handoffs')
@Roles('operator', 'shift_lead', 'driver', 'command_centre', 'administrator')
export class HandoffsController {
  constructor(private readonly handoffs: Handoffs) {}

  @Get()
  @ApiOperation({ summary: 'List handoffs' })
  @ApiPage(HandoffResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: HandoffsQuery): Promise<Page<HandoffResponse>> {
    return this.handoffs.list(caller, query);
  }

  @Get(':handoffId')
  @ApiOperation({ summary: 'Read one handoff' })
  @ApiOkResponse({ type: HandoffResponse })
  read(@CurrentCaller() caller: Caller, @UuidParam('handoffId') handoffId: string): Promise<HandoffResponse> {
    return this.handoffs.read(caller, handoffId);
  }
}

/** The swap itself. */
@ApiTags('handoffs')
@Controller('api/v1/handoffs/:handoffId')
@Roles('operator', 'shift_lead', 'administrator')
export class SwapsController {
  constructor(
    private readonly startHandoff: StartHandoff,
    private readonly completeHandoff: CompleteHandoff,
    private readonly abortHandoff: AbortHandoff,
    private readonly scope: CaseScope,
  ) {}

  @Post('start')
  @HttpCode(200)
  @ApiOperation({ summary: 'Both drivers are at the truck in a bay' })
  @ApiOkResponse({ type: CaseResponse })
  async start(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { bayCode, authorisation }: StartHandoffRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    const { at, ...agreed } = authorisation;
    return this.startHandoff.execute(request, { handoffId, bayCode, authorisation: { ...agreed, at: inUtc(at) } });
  }

  @Post('completion')
  @HttpCode(200)
  @ApiOperation({ summary: 'Three have signed: responsibility moves' })
  @ApiOkResponse({ type: CaseResponse })
  async complete(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { ...body }: CompleteHandoffRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    const signatures = body.signatures.map(({ signedAt, ...signature }) => ({
      ...signature,
      signedAt: inUtc(signedAt),
    }));
    return this.completeHandoff.execute(request, { ...body, handoffId, signatures });
  }

  @Post('abortion')
  @HttpCode(200)
  @ApiOperation({ summary: 'This try ends without a swap; the truck is checked again before the next' })
  @ApiOkResponse({ type: CaseResponse })
  async abort(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { ...body }: AbortHandoffRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    return this.abortHandoff.execute(request, { handoffId, ...body });
  }
}
