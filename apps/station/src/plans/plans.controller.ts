import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, instantOf, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../cases/given.js';
import { ActivatePlan } from './activate-plan.js';
import { EndPlan } from './end-plan.js';
import {
  ActivatedPlanResponse,
  ActivatePlanRequest,
  EndedPlanResponse,
  EndPlanRequest,
  OutcomeReportResponse,
  PlanAnswerResponse,
  PlanDetailResponse,
  PlanResponse,
  PlansQuery,
  StorePlanRequest,
} from './plans.dto.js';
import { Plans } from './plans.reader.js';
import { StorePlan } from './store-plan.js';

/** A relay network that is opened by one act, and ended by another. */
@ApiTags('plans')
@Controller('api/v1/plans')
@Roles('command_centre', 'administrator')
export class PlansController {
  constructor(
    private readonly storePlan: StorePlan,
    private readonly activatePlan: ActivatePlan,
    private readonly endPlan: EndPlan,
    private readonly plans: Plans,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Keep a template under the name of a plan; again: a new version of it' })
  @ApiCreatedResponse({ type: PlanAnswerResponse })
  store(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: StorePlanRequest,
  ): Promise<PlanAnswerResponse> {
    caller.requireArea(body.areaCode);
    return this.storePlan.execute(request, body);
  }

  @Post(':planId/activation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open zone, stations, pool, enterprises and duties of the newest template; all or nothing' })
  @ApiOkResponse({ type: ActivatedPlanResponse })
  async activate(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('planId') planId: string,
    @Body() { startsAt, endsAt }: ActivatePlanRequest,
  ): Promise<ActivatedPlanResponse> {
    await this.plans.requireOwn(caller, planId);
    const times = given({ startsAt: instantOf(startsAt), endsAt: instantOf(endsAt) });
    return this.activatePlan.execute(request, { planId, ...times });
  }

  @Post(':planId/ending')
  @HttpCode(200)
  @ApiOperation({ summary: 'Lift the zone, close what the plan opened, and write the outcome report' })
  @ApiOkResponse({ type: EndedPlanResponse })
  async end(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('planId') planId: string,
    @Body() { reason }: EndPlanRequest,
  ): Promise<EndedPlanResponse> {
    await this.plans.requireOwn(caller, planId);
    return this.endPlan.execute(request, { planId, reason });
  }

  @Get()
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'List the plans of your areas' })
  @ApiPage(PlanResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: PlansQuery): Promise<Page<PlanResponse>> {
    return this.plans.list(caller, query);
  }

  @Get(':planId')
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Read one plan with its newest template' })
  @ApiOkResponse({ type: PlanDetailResponse })
  read(@CurrentCaller() caller: Caller, @CodeParam('planId') planId: string): Promise<PlanDetailResponse> {
    return this.plans.read(caller, planId);
  }

  @Get(':planId/report')
  @Roles('shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ operationId: 'Plans.readReport', summary: 'Read what came of a plan that has ended' })
  @ApiOkResponse({ type: OutcomeReportResponse })
  report(@CurrentCaller() caller: Caller, @CodeParam('planId') planId: string): Promise<OutcomeReportResponse> {
    return this.plans.report(caller, planId);
  }
}
