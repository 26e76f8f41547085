import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CurrentRequest, OwnRows, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { CaseScope } from '../cases/case-scope.js';
import { CloseRun } from './close-run.js';
import { PlanReturn } from './plan-return.js';
import { RecordRunStep } from './record-run-step.js';
import {
  CloseRunRequest,
  PlanReturnRequest,
  RecordRunStepRequest,
  RunAnswerResponse,
  RunResponse,
  RunsQuery,
} from './runs.dto.js';
import { Runs } from './runs.reader.js';

@ApiTags('runs')
@Controller('api/v1/runs')
@OwnRows()
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class RunsController {
  constructor(private readonly runs: Runs) {}

  @Get()
  @Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'List runs; a carrier those of its own trucks' })
  @ApiPage(RunResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: RunsQuery): Promise<Page<RunResponse>> {
    return this.runs.list(caller, query);
  }

  @Get(':runId')
  @Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Read one run' })
  @ApiOkResponse({ type: RunResponse })
  read(@CurrentCaller() caller: Caller, @UuidParam('runId') runId: string): Promise<RunResponse> {
    return this.runs.read(caller, runId);
  }
}

@ApiTags('runs')
@Controller('api/v1/runs/:runId')
@Roles('operator', 'shift_lead', 'administrator')
export class RunStepsController {
  constructor(
    private readonly planReturn: PlanReturn,
    private readonly recordRunStep: RecordRunStep,
    private readonly closeRun: CloseRun,
    private readonly scope: CaseScope,
  ) {}

  @Post('return-plan')
  @HttpCode(200)
  @Roles('operator', 'shift_lead', 'carrier', 'administrator')
  @ApiOperation({
    operationId: 'Runs.planReturn',
    summary: 'Say who takes the truck back, and what the off-going driver does meanwhile',
  })
  @ApiOkResponse({ type: RunAnswerResponse })
  async plan(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('runId') runId: string,
    @Body() { ...body }: PlanReturnRequest,
  ): Promise<RunAnswerResponse> {
    await this.scope.requireRun(caller, runId);
    return this.planReturn.execute(request, { runId, ...body });
  }

  @Post('steps')
  @HttpCode(200)
  @Roles('operator', 'shift_lead', 'enterprise', 'administrator')
  @ApiOperation({ operationId: 'Runs.recordStep', summary: 'Record what happens at an enterprise in the zone' })
  @ApiOkResponse({ type: RunAnswerResponse })
  async record(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('runId') runId: string,
    @Body() { step, enterpriseId }: RecordRunStepRequest,
  ): Promise<RunAnswerResponse> {
    await this.#requireWitness(caller, runId, enterpriseId);
    return this.recordRunStep.execute(request, { runId, step, enterpriseId });
  }

  @Post('closure')
  @HttpCode(200)
  @Roles('operator', 'shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ operationId: 'Runs.close', summary: 'End a run whose truck does not come back through a station' })
  @ApiOkResponse({ type: RunAnswerResponse })
  async close(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('runId') runId: string,
    @Body() { how }: CloseRunRequest,
  ): Promise<RunAnswerResponse> {
    await this.scope.requireRun(caller, runId);
    return this.closeRun.execute(request, { runId, how });
  }

  /** An enterprise says what happens at its own gate, of a truck that can come to it. */
  async #requireWitness(caller: Caller, runId: string, enterpriseId: string): Promise<void> {
    if (caller.role !== 'enterprise') return this.scope.requireRun(caller, runId);
    if (!caller.isEnterprise(enterpriseId)) {
      const message = 'an enterprise records what happens at its own gate';
      throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_ENTERPRISE', message);
    }
    await this.scope.requireRunToEnterprise(runId, enterpriseId);
  }
}
