import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, Code, CodeParam, CurrentRequest, Flag, Instant, instantOf, Quantity } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../../cases/given.js';
import { CallerScope } from '../caller-scope.js';
import { DescribeEnterprise } from './describe-enterprise.js';
import { EnterpriseAnswerResponse } from './enterprises.controller.js';
import { ReportElectricity } from './report-electricity.js';

export class DescribeEnterpriseRequest {
  @Code({ description: 'GB/T 2260', example: '330782' })
  readonly countyCode: string;

  @Flag({ description: 'whether it is above-scale industry: only such enterprises count' })
  readonly aboveScale: boolean;

  @Quantity({
    description: 'its usual output, in a unit that is the same for all of a county, such as 10,000 yuan a month',
  })
  readonly outputWeight: number;

  @Quantity({ optional: true, description: 'trucks that usually bring it goods, a day' })
  readonly usualLoadsInPerDay?: number;

  @Quantity({ optional: true, description: 'trucks that usually fetch its goods, a day' })
  readonly usualLoadsOutPerDay?: number;
}

export class ElectricityRequest {
  @Instant({ description: 'beginning of the time in which it was used' })
  readonly usedFromAt: string;

  @Instant({ description: 'its end; not in the future' })
  readonly usedToAt: string;

  @Quantity({ description: 'used in that time' })
  readonly kilowattHours: number;

  @Quantity({ description: 'kilowatt-hours a day, the mean of the last quarter; above 0' })
  readonly quarterDailyKilowattHours: number;
}

/** What the capacity kept is made of, besides what an enterprise says of itself in its details. */
@ApiTags('network')
@Controller('api/v1/enterprises')
export class EnterpriseCapacityController {
  constructor(
    private readonly describeEnterprise: DescribeEnterprise,
    private readonly reportElectricity: ReportElectricity,
    private readonly scope: CallerScope,
  ) {}

  @Post(':enterpriseId/description')
  @HttpCode(200)
  @Roles('command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Enterprises.describe',
    summary:
      'Say what an enterprise counts for in the capacity kept of its county; nothing stays of what was said before',
  })
  @ApiOkResponse({ type: EnterpriseAnswerResponse })
  async describe(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('enterpriseId') enterpriseId: string,
    @Body()
    { countyCode, aboveScale, outputWeight, usualLoadsInPerDay, usualLoadsOutPerDay }: DescribeEnterpriseRequest,
  ): Promise<EnterpriseAnswerResponse> {
    await this.scope.requireEnterprise(caller, enterpriseId);
    const usual = given({ usualLoadsInPerDay, usualLoadsOutPerDay });
    const description = { enterpriseId, countyCode, aboveScale, outputWeight, ...usual };
    return this.describeEnterprise.execute(request, description);
  }

  @Post(':enterpriseId/electricity')
  @HttpCode(200)
  @Roles('enterprise', 'command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Enterprises.reportElectricity',
    summary: 'Say how much electricity an enterprise used, beside the daily mean of the last quarter',
  })
  @ApiOkResponse({ type: EnterpriseAnswerResponse })
  async electricity(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('enterpriseId') enterpriseId: string,
    @Body() { usedFromAt, usedToAt, ...used }: ElectricityRequest,
  ): Promise<EnterpriseAnswerResponse> {
    await this.scope.requireEnterprise(caller, enterpriseId);
    const time = { usedFromAt: instantOf(usedFromAt), usedToAt: instantOf(usedToAt) };
    return this.reportElectricity.execute(request, { enterpriseId, ...time, ...used });
  }
}
