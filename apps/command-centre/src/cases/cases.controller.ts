import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CurrentRequest, instantOf, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import type { CaseStep } from './case.js';
import {
  AreaCaseInFullResponse,
  AreaCaseResponse,
  CasesQuery,
  CloseCaseRequest,
  HandOverCaseRequest,
  MoveCaseDueRequest,
  NoteCaseRequest,
  OpenCaseRequest,
} from './cases.dto.js';
import { Cases } from './cases.reader.js';
import { OpenCase } from './open-case.js';
import { TakeCaseStep } from './take-case-step.js';

/** Alerts and exceptions that an area has to see through: one thing, one case (一事一协调). */
@ApiTags('cases')
@Controller('api/v1/command-centre/cases')
@Roles('command_centre', 'administrator')
export class CasesController {
  constructor(
    private readonly openCase: OpenCase,
    private readonly takeStep: TakeCaseStep,
    private readonly cases: Cases,
  ) {}

  @Get()
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Cases.list',
    summary: 'List cases of your areas or about your stations, the newest first',
  })
  @ApiPage(AreaCaseResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: CasesQuery): Promise<Page<AreaCaseResponse>> {
    return this.cases.list(caller, query);
  }

  @Get(':caseId')
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ operationId: 'Cases.read', summary: 'Read a case with everything that was done about it' })
  @ApiOkResponse({ type: AreaCaseInFullResponse })
  read(@CurrentCaller() caller: Caller, @UuidParam('caseId') caseId: string): Promise<AreaCaseInFullResponse> {
    return this.cases.one(caller, caseId);
  }

  @Post()
  @ApiOperation({
    operationId: 'Cases.open',
    summary: 'Open a case for an alert that stands or an exception that is open; of each one is open at most',
  })
  @ApiCreatedResponse({ type: AreaCaseInFullResponse })
  async open(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { dueAt, ...body }: OpenCaseRequest,
  ): Promise<AreaCaseInFullResponse> {
    caller.requireArea(body.areaCode);
    const due = instantOf(dueAt);
    const caseId = await this.openCase.execute(request, { ...body, ...(due !== undefined && { dueAt: due }) });
    return this.cases.one(caller, caseId);
  }

  @Post(':caseId/acceptance')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Cases.accept', summary: 'Say that you are at it: it is yours from now on' })
  @ApiOkResponse({ type: AreaCaseInFullResponse })
  accept(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('caseId') caseId: string,
  ): Promise<AreaCaseInFullResponse> {
    return this.#take(caller, request, caseId, { name: 'accept' });
  }

  @Post(':caseId/hand-over')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Cases.handOver',
    summary: 'Hand it over to another area, or to another person; whoever it is about may take it back so',
  })
  @ApiOkResponse({ type: AreaCaseInFullResponse })
  handOver(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('caseId') caseId: string,
    @Body() { toAreaCode, toId, dueAt, note }: HandOverCaseRequest,
  ): Promise<AreaCaseInFullResponse> {
    const due = instantOf(dueAt);
    const more = { ...(toId !== undefined && { toId }), ...(due !== undefined && { dueAt: due }) };
    return this.#take(caller, request, caseId, { name: 'hand_over', toAreaCode, ...more }, note);
  }

  @Post(':caseId/due')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Cases.moveDue', summary: 'Have it due at another instant, saying why' })
  @ApiOkResponse({ type: AreaCaseInFullResponse })
  moveDue(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('caseId') caseId: string,
    @Body() { dueAt, note }: MoveCaseDueRequest,
  ): Promise<AreaCaseInFullResponse> {
    return this.#take(caller, request, caseId, { name: 'move_due', dueAt: instantOf(dueAt) }, note);
  }

  @Post(':caseId/notes')
  @HttpCode(200)
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ operationId: 'Cases.note', summary: 'Write down what was done or found out' })
  @ApiOkResponse({ type: AreaCaseInFullResponse })
  note(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('caseId') caseId: string,
    @Body() { note }: NoteCaseRequest,
  ): Promise<AreaCaseInFullResponse> {
    return this.#take(caller, request, caseId, { name: 'note' }, note);
  }

  @Post(':caseId/closure')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Cases.close', summary: 'Close it, saying how it came out' })
  @ApiOkResponse({ type: AreaCaseInFullResponse })
  close(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('caseId') caseId: string,
    @Body() { outcome, note }: CloseCaseRequest,
  ): Promise<AreaCaseInFullResponse> {
    return this.#take(caller, request, caseId, { name: 'close', outcome }, note);
  }

  /** The case as it stands afterwards. */
  async #take(
    caller: Caller,
    request: ChangeRequest,
    caseId: string,
    step: CaseStep,
    note?: string,
  ): Promise<AreaCaseInFullResponse> {
    await this.takeStep.execute(request, caller, { caseId, step, note });
    return this.cases.afterStep(caller, caseId);
  }
}
