import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import {
  ApiPage,
  type ChangeRequest,
  Code,
  CodeParam,
  CurrentRequest,
  Instant,
  Nested,
  type Page,
  PageQuery,
  Text,
  WholeNumber,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles, roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { CreateArea } from './create-area.js';
import { listRows } from '../list-rows.js';
import { AreaRow, PolicyRow } from '../network.entities.js';
import { PublishPolicy } from './publish-policy.js';
import { readRow } from '../read-row.js';

export class CreateAreaRequest {
  @Code()
  readonly areaCode: string;

  @Text()
  readonly name: string;
}

export class AreaResponse extends CreateAreaRequest {}

class PolicyNameRequest {
  @Code({ description: 'id of a policy pack of this program', example: 'cn-freight' })
  readonly policyId: string;
}

export class CostWeightsRequest {
  @WholeNumber({ max: 20_000, description: 'a minute of travel to the station without a truck' })
  readonly emptyTravelMinuteSeconds: number;

  @WholeNumber({ max: 20_000, description: 'a minute driven in the last 24 h' })
  readonly drivenMinuteSeconds: number;

  @WholeNumber({ max: 20_000, description: 'a licence beyond what the truck needs' })
  readonly spareLicenceSeconds: number;

  @WholeNumber({ max: 20_000, description: 'an assignment to the same handoff that ran out' })
  readonly unansweredSeconds: number;

  @WholeNumber({ max: 20_000, optional: true, description: 'a minute of the shift that is left when he is back' })
  readonly shiftLeftMinuteSeconds?: number;

  @WholeNumber({ max: 20_000, optional: true, description: 'a driver who is not free yet, but expected soon' })
  readonly awaitedDriverSeconds?: number;

  @WholeNumber({
    max: 1_000,
    optional: true,
    description: 'percent by which each step of priority lets a second count more',
  })
  readonly priorityPercent?: number;

  @WholeNumber({
    max: 14_400,
    optional: true,
    description: 'how long before it is expected an announced truck has a place in the plan',
  })
  readonly announcedWithinSeconds?: number;

  @WholeNumber({
    max: 14_400,
    optional: true,
    description: 'trucks that usually come within so long have a place in the plan behind all others',
  })
  readonly forecastWithinSeconds?: number;

  @WholeNumber({ max: 20_000, optional: true, description: 'that nobody is left for a truck that usually comes' })
  readonly forecastTruckSeconds?: number;

  @WholeNumber({
    max: 14_400,
    optional: true,
    description: 'an assignment is not changed any more so long before its planned start',
  })
  readonly freezeSeconds?: number;

  @WholeNumber({
    max: 20_000,
    optional: true,
    description: 'so much longer must a truck wait otherwise before it gets a driver who is on his way to another one',
  })
  readonly switchSeconds?: number;

  @WholeNumber({
    max: 1_000,
    optional: true,
    description: 'so many of a thousand assignments of a day may be changed; 0: none ever is',
  })
  readonly changesPermille?: number;

  @WholeNumber({
    max: 86_400,
    optional: true,
    description: 'a line is at risk that stops if its truck waits so much longer; 0: none is before it is too late',
  })
  readonly lineStopWithinSeconds?: number;

  @WholeNumber({ max: 9, optional: true, description: 'priority of a truck on which a line at risk depends' })
  readonly lineStopPriority?: number;
}

export class PolicyVariantRequest {
  @Code({ description: 'the version of the pack, a dot and more', example: '2026-11.1' })
  readonly version: string;

  @Nested(() => CostWeightsRequest, {
    description:
      'what speaks against a driver, in seconds of delay; `GET /zones/{zoneId}/plan-preview` says what it would change',
  })
  readonly weights: CostWeightsRequest;
}

export class PublishPolicyRequest extends PolicyNameRequest {
  @Nested(() => PolicyVariantRequest, { optional: true, description: 'the pack with other weights' })
  readonly variant?: PolicyVariantRequest;
}

export class PublishedPolicyResponse extends PolicyNameRequest {
  @Code()
  readonly areaCode: string;

  @Code({ example: '2026-11' })
  readonly version: string;
}

export class PolicyResponse extends PublishedPolicyResponse {
  @Instant()
  readonly publishedAt: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly rules: object;
}

@ApiTags('network')
@Controller('api/v1/areas')
@Roles(...roles)
export class AreasController {
  constructor(
    private readonly createArea: CreateArea,
    private readonly publishPolicy: PublishPolicy,
    private readonly database: Database,
  ) {}

  @Post()
  @Roles('administrator')
  @ApiOperation({ summary: 'Make an area: a pool of relay drivers and the stations around its zones' })
  @ApiCreatedResponse({ type: AreaResponse })
  create(@CurrentRequest() request: ChangeRequest, @Body() body: CreateAreaRequest): Promise<AreaResponse> {
    return this.createArea.execute(request, body);
  }

  @Get()
  @ApiOperation({ summary: 'List areas' })
  @ApiPage(AreaResponse)
  list(@Query() query: PageQuery): Promise<Page<AreaResponse>> {
    return listRows(this.database, query, { of: AreaRow, keys: ['areaCode'], item: (row) => row });
  }

  @Get(':areaCode')
  @ApiOperation({ summary: 'Read one area' })
  @ApiOkResponse({ type: AreaResponse })
  read(@CodeParam('areaCode') areaCode: string): Promise<AreaResponse> {
    return readRow(this.database, AreaRow, 'area', { areaCode });
  }

  @Post(':areaCode/policies')
  @Roles('command_centre', 'administrator')
  @ApiOperation({ operationId: 'Areas.publishPolicy', summary: 'Put a policy pack into force for an area' })
  @ApiCreatedResponse({ type: PublishedPolicyResponse })
  async publish(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('areaCode') areaCode: string,
    @Body() { policyId, variant }: PublishPolicyRequest,
  ): Promise<PublishedPolicyResponse> {
    caller.requireArea(areaCode);
    return this.publishPolicy.execute(request, { areaCode, policyId, ...(variant && { variant }) });
  }

  @Get(':areaCode/policies')
  @ApiOperation({ summary: 'List the policies of an area, with their rules' })
  @ApiPage(PolicyResponse)
  listPolicies(@CodeParam('areaCode') areaCode: string, @Query() query: PageQuery): Promise<Page<PolicyResponse>> {
    return listRows(this.database, query, {
      of: PolicyRow,
      keys: ['policyId', 'version'],
      where: { areaCode },
      item: ({ publishedAt, ...policy }) => ({ ...policy, publishedAt: toIso(publishedAt) }),
    });
  }
}
