import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPage,
  type ChangeRequest,
  Code,
  CodeParam,
  CurrentRequest,
  Flag,
  Instant,
  instantOf,
  OneOf,
  type Page,
  PageQuery,
  Quantity,
  Text,
  WholeNumber,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { CallerScope } from '../caller-scope.js';
import { given } from '../../cases/given.js';
import { isoFields } from '../../cases/iso-fields.js';
import { ChangeEnterprise } from './change-enterprise.js';
import { ChangeEnterpriseReadiness } from './change-enterprise-readiness.js';
import { type Readiness, readinesses } from './enterprise.js';
import { listRows } from '../list-rows.js';
import { EnterpriseRow } from '../network.entities.js';
import { readRow } from '../read-row.js';
import { RegisterEnterprise } from './register-enterprise.js';

export class RegisterEnterpriseRequest {
  @Code()
  readonly enterpriseId: string;

  @Code()
  readonly areaCode: string;

  @Code({ optional: true })
  readonly zoneId?: string;

  @Text()
  readonly name: string;

  @WholeNumber({ optional: true, max: 9, description: 'higher goes first; 0 is usual' })
  readonly priority?: number;
}

export class ReadinessRequest {
  @OneOf(readinesses)
  readonly readiness: Readiness;
}

export class ChangeEnterpriseRequest {
  @WholeNumber({ optional: true, max: 9, description: 'higher goes first; 0 is usual. The command centre decides it' })
  readonly priority?: number;

  @Instant({ optional: true, nullable: true, description: 'when its line stops without the goods; null: it does not' })
  readonly stopsLineAt?: string | null;

  @Quantity({ optional: true, max: 100, description: 'how much of its usual output it keeps up' })
  readonly capacityPercent?: number;
}

export class EnterpriseAnswerResponse extends ReadinessRequest {
  @Code()
  readonly enterpriseId: string;

  @Code()
  readonly areaCode: string;

  @WholeNumber()
  readonly version: number;
}

export class EnterpriseResponse extends EnterpriseAnswerResponse {
  @Code({ optional: true })
  readonly zoneId?: string;

  @Text()
  readonly name: string;

  @WholeNumber({ max: 9 })
  readonly priority: number;

  @Instant({ optional: true, description: 'when its line stops without the goods that it waits for' })
  readonly stopsLineAt?: string;

  @Code({ optional: true, description: 'GB/T 2260; of one that is described' })
  readonly countyCode?: string;

  @Flag({ description: 'whether it is above-scale industry and counts in the capacity kept' })
  readonly aboveScale: boolean;

  @Quantity({ description: 'its usual output, in a unit that is the same for all of a county' })
  readonly outputWeight: number;

  @Quantity({ optional: true, description: 'trucks that usually bring it goods, a day' })
  readonly usualLoadsInPerDay?: number;

  @Quantity({ optional: true, description: 'trucks that usually fetch its goods, a day' })
  readonly usualLoadsOutPerDay?: number;
}

export class EnterprisesQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @OneOf(readinesses, { optional: true })
  readonly readiness?: Readiness;
}

@ApiTags('network')
@Controller('api/v1/enterprises')
@Roles('command_centre', 'administrator')
export class EnterprisesController {
  constructor(
    private readonly registerEnterprise: RegisterEnterprise,
    private readonly changeReadiness: ChangeEnterpriseReadiness,
    private readonly changeEnterprise: ChangeEnterprise,
    private readonly scope: CallerScope,
    private readonly database: Database,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Register an enterprise; it is willing' })
  @ApiCreatedResponse({ type: EnterpriseAnswerResponse })
  async register(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: RegisterEnterpriseRequest,
  ): Promise<EnterpriseAnswerResponse> {
    caller.requireArea(body.areaCode);
    return this.registerEnterprise.execute(request, body);
  }

  @Post(':enterpriseId/readiness')
  @HttpCode(200)
  @Roles('enterprise', 'command_centre', 'administrator')
  @ApiOperation({ operationId: 'Enterprises.changeReadiness', summary: 'Say how far an enterprise is' })
  @ApiOkResponse({ type: EnterpriseAnswerResponse })
  async change(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('enterpriseId') enterpriseId: string,
    @Body() { readiness }: ReadinessRequest,
  ): Promise<EnterpriseAnswerResponse> {
    await this.scope.requireEnterprise(caller, enterpriseId);
    return this.changeReadiness.execute(request, { enterpriseId, readiness });
  }

  @Post(':enterpriseId/details')
  @HttpCode(200)
  @Roles('enterprise', 'command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Enterprises.change',
    summary: 'Say when the line of an enterprise stops, how much it keeps up, how urgent it is',
  })
  @ApiOkResponse({ type: EnterpriseAnswerResponse })
  async details(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('enterpriseId') enterpriseId: string,
    @Body() { priority, stopsLineAt, capacityPercent }: ChangeEnterpriseRequest,
  ): Promise<EnterpriseAnswerResponse> {
    await this.scope.requireEnterprise(caller, enterpriseId);
    if (caller.role === 'enterprise' && priority !== undefined) {
      throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_PRIORITY', 'the command centre decides the priority');
    }
    const stop = stopsLineAt === undefined ? {} : { stopsLineAt: stopsLineAt === null ? null : instantOf(stopsLineAt) };
    return this.changeEnterprise.execute(request, { enterpriseId, ...given({ priority, capacityPercent }), ...stop });
  }

  @Get()
  @Roles('operator', 'shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'List enterprises' })
  @ApiPage(EnterpriseResponse)
  list(@Query() query: EnterprisesQuery): Promise<Page<EnterpriseResponse>> {
    return listRows(this.database, query, {
      of: EnterpriseRow,
      keys: ['enterpriseId'],
      where: { areaCode: query.areaCode, readiness: query.readiness },
      item: responseOf,
    });
  }

  @Get(':enterpriseId')
  @Roles('operator', 'shift_lead', 'enterprise', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Read one enterprise; an enterprise reads itself' })
  @ApiOkResponse({ type: EnterpriseResponse })
  async read(
    @CurrentCaller() caller: Caller,
    @CodeParam('enterpriseId') enterpriseId: string,
  ): Promise<EnterpriseResponse> {
    if (caller.role === 'enterprise') await this.scope.requireEnterprise(caller, enterpriseId);
    return responseOf(await readRow(this.database, EnterpriseRow, 'enterprise', { enterpriseId }));
  }
}

function responseOf({ stopsLineAt, ...row }: EnterpriseRow): EnterpriseResponse {
  const { zoneId, countyCode, usualLoadsInPerDay, usualLoadsOutPerDay, ...always } = row;
  const sometimes = given({ zoneId, countyCode, usualLoadsInPerDay, usualLoadsOutPerDay });
  return { ...always, ...sometimes, ...isoFields({ stopsLineAt }) };
}
