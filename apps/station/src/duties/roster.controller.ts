import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPage,
  type ChangeRequest,
  Code,
  CurrentRequest,
  Instant,
  instantOf,
  OneOf,
  type Page,
  PageQuery,
  Uuid,
  UuidParam,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { DriverAnswerResponse } from '../drivers/drivers.dto.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { type DutyRole, dutyRoles } from '../plans/plan-template.js';
import { CancelDuty } from './cancel-duty.js';
import { DutyRow, type DutyState, dutyStates } from './duty.entity.js';
import { PlanDuty } from './plan-duty.js';
import { StartDuty } from './start-duty.js';

export class PlanDutyRequest {
  @Code()
  readonly stationCode: string;

  @OneOf(dutyRoles)
  readonly role: DutyRole;

  @Code({ description: 'a driver by his id, staff by the subject of their token' })
  readonly personId: string;

  @Instant()
  readonly startsAt: string;

  @Instant()
  readonly endsAt: string;
}

export class DutyAnswerResponse {
  @Uuid()
  readonly dutyId: string;

  @Code()
  readonly stationCode: string;

  @OneOf(dutyRoles)
  readonly role: DutyRole;

  @Code()
  readonly personId: string;
}

export class DutyResponse extends PlanDutyRequest {
  @Uuid()
  readonly dutyId: string;

  @Code({ optional: true, description: 'the plan that it is of' })
  readonly planId?: string;

  @Code()
  readonly areaCode: string;

  @OneOf(dutyStates)
  readonly state: DutyState;
}

export class DutiesQuery extends PageQuery {
  @Code({ optional: true })
  readonly stationCode?: string;

  @Code({ optional: true })
  readonly personId?: string;

  @Code({ optional: true })
  readonly planId?: string;

  @OneOf(dutyRoles, { optional: true })
  readonly role?: DutyRole;

  @OneOf(dutyStates, { optional: true })
  readonly state?: DutyState;
}

/** Who is on duty where and when (值班表). */
@ApiTags('roster')
@Controller('api/v1/duties')
@Roles('shift_lead', 'command_centre', 'administrator')
export class RosterController {
  constructor(
    private readonly planDuty: PlanDuty,
    private readonly cancelDuty: CancelDuty,
    private readonly startDuty: StartDuty,
    private readonly scope: CallerScope,
    private readonly database: Database,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'Duties.plan', summary: 'Put a person on the roster of a station' })
  @ApiCreatedResponse({ type: DutyAnswerResponse })
  async plan(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { stationCode, role, personId, startsAt, endsAt }: PlanDutyRequest,
  ): Promise<DutyAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    const times = { startsAt: instantOf(startsAt), endsAt: instantOf(endsAt) };
    return this.planDuty.execute(request, { stationCode, role, personId, ...times });
  }

  @Post(':dutyId/cancellation')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Duties.cancel', summary: 'Take a person off the roster before the duty has begun' })
  @ApiOkResponse({ type: DutyAnswerResponse })
  async cancel(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('dutyId') dutyId: string,
  ): Promise<DutyAnswerResponse> {
    await this.#require(caller, dutyId);
    return this.cancelDuty.execute(request, { dutyId });
  }

  @Post(':dutyId/start')
  @HttpCode(200)
  @Roles('operator', 'shift_lead', 'administrator')
  @ApiOperation({
    operationId: 'Duties.start',
    summary: 'The driver is there: his shift is open from now until the duty ends',
  })
  @ApiOkResponse({ type: DriverAnswerResponse })
  async start(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('dutyId') dutyId: string,
  ): Promise<DriverAnswerResponse> {
    await this.#require(caller, dutyId);
    return this.startDuty.execute(request, { dutyId });
  }

  @Get()
  @Roles('operator', 'shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ operationId: 'Duties.list', summary: 'List the duties of your areas' })
  @ApiPage(DutyResponse)
  async list(@CurrentCaller() caller: Caller, @Query() query: DutiesQuery): Promise<Page<DutyResponse>> {
    assertUuidCursor(query);
    const { stationCode, personId, planId, role, state } = query;
    return listRows(this.database, query, {
      of: DutyRow,
      keys: ['dutyId'],
      where: { areaCode: await this.scope.areasOf(caller), stationCode, personId, planId, role, state },
      item: ({ planId: ofPlan, startsAt, endsAt, ...row }) => ({
        ...row,
        startsAt: toIso(startsAt),
        endsAt: toIso(endsAt),
        ...given({ planId: ofPlan }),
      }),
    });
  }

  async #require(caller: Caller, dutyId: string): Promise<void> {
    const row = await this.database.manager.findOneBy(DutyRow, { dutyId });
    if (!row) throw new Problem('not_found', 'DUTY.NOT_FOUND', `no duty ${dutyId}`, { dutyId });
    await this.scope.requireStation(caller, row.stationCode);
  }
}
