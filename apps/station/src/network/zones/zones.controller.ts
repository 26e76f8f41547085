import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ZoneLevel } from '@yizhan/contracts';
import {
  ApiPage,
  type ChangeRequest,
  Code,
  CodeParam,
  Codes,
  CurrentRequest,
  Instant,
  instantOf,
  Nested,
  OneOf,
  type Page,
  PageQuery,
  Uuid,
  WholeNumber,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles, roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../../cases/given.js';
import { isoFields } from '../../cases/iso-fields.js';
import { ActivateZone } from './activate-zone.js';
import { CallerScope } from '../caller-scope.js';
import { ChangeZone } from './change-zone.js';
import { LiftZone } from './lift-zone.js';
import { listRows } from '../list-rows.js';
import { ZoneRow } from '../network.entities.js';
import { readRow } from '../read-row.js';
import { type ZoneState, zoneTable } from './zone.js';

const levels = ['sealed', 'controlled', 'guarded', 'silent'] as const satisfies readonly ZoneLevel[];
const states = Object.keys(zoneTable);

export class PolicyReference {
  @Code({ example: 'cn-freight' })
  readonly id: string;

  @Code({ example: '2026-01' })
  readonly version: string;
}

export class ActivateZoneRequest {
  @Code()
  readonly zoneId: string;

  @Code()
  readonly areaCode: string;

  @OneOf(levels, { description: '封控 sealed, 管控 controlled, 防范 guarded, 静默 silent' })
  readonly level: ZoneLevel;

  @Codes({ description: 'GB/T 2260' })
  readonly countyCodes: string[];

  @Codes()
  readonly stationCodes: string[];

  @Instant()
  readonly startsAt: string;

  @Instant({ optional: true })
  readonly endsAt?: string;

  @Nested(() => PolicyReference)
  readonly policy: PolicyReference;
}

export class ChangeZoneRequest {
  @OneOf(levels, { optional: true, description: '封控 sealed, 管控 controlled, 防范 guarded, 静默 silent' })
  readonly level?: ZoneLevel;

  @Instant({ optional: true, nullable: true, description: 'null: until it is lifted' })
  readonly endsAt?: string | null;

  @Nested(() => PolicyReference, { optional: true })
  readonly policy?: PolicyReference;
}

export class ZoneAnswerResponse {
  @Code()
  readonly zoneId: string;

  @Code()
  readonly areaCode: string;

  @OneOf(states)
  readonly state: ZoneState;

  @WholeNumber()
  readonly version: number;
}

export class OpenRunResponse {
  @Uuid()
  readonly runId: string;

  @Code()
  readonly plate: string;

  @Code()
  readonly driverId: string;
}

export class LiftedZoneResponse extends ZoneAnswerResponse {
  @Nested(() => OpenRunResponse, { list: true, description: 'runs that are still to be ended' })
  readonly openRuns: readonly OpenRunResponse[];
}

export class ZoneResponse extends ActivateZoneRequest {
  @OneOf(states)
  readonly state: ZoneState;

  @Instant({ optional: true })
  readonly liftedAt?: string;

  @Instant({ optional: true, description: 'its time is over since then: lift it, or say until when it lasts' })
  readonly endReachedAt?: string;

  @WholeNumber()
  readonly version: number;
}

export class ZonesQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @OneOf(states, { optional: true })
  readonly state?: ZoneState;
}

@ApiTags('network')
@Controller('api/v1/zones')
@Roles(...roles)
export class ZonesController {
  constructor(
    private readonly activateZone: ActivateZone,
    private readonly changeZone: ChangeZone,
    private readonly liftZone: LiftZone,
    private readonly scope: CallerScope,
    private readonly database: Database,
  ) {}

  @Post()
  @Roles('command_centre', 'administrator')
  @ApiOperation({ summary: 'Close a place to outside drivers' })
  @ApiCreatedResponse({ type: ZoneAnswerResponse })
  async activate(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: ActivateZoneRequest,
  ): Promise<ZoneAnswerResponse> {
    caller.requireArea(body.areaCode);
    const { startsAt, endsAt, ...input } = body;
    return this.activateZone.execute(request, { ...input, startsAt: instantOf(startsAt), endsAt: instantOf(endsAt) });
  }

  @Post(':zoneId/details')
  @HttpCode(200)
  @Roles('command_centre', 'administrator')
  @ApiOperation({ summary: 'Change the level, end or policy of a zone; what is not named stays' })
  @ApiOkResponse({ type: ZoneAnswerResponse })
  async change(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('zoneId') zoneId: string,
    @Body() { level, endsAt, policy }: ChangeZoneRequest,
  ): Promise<ZoneAnswerResponse> {
    await this.scope.requireZone(caller, zoneId);
    const end = endsAt === undefined ? {} : { endsAt: endsAt === null ? null : instantOf(endsAt) };
    return this.changeZone.execute(request, { zoneId, ...given({ level, policy }), ...end });
  }

  @Post(':zoneId/lifting')
  @HttpCode(200)
  @Roles('command_centre', 'administrator')
  @ApiOperation({ summary: 'Open a zone to everybody again; lists the runs that are still to be ended' })
  @ApiOkResponse({ type: LiftedZoneResponse })
  async lift(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('zoneId') zoneId: string,
  ): Promise<LiftedZoneResponse> {
    await this.scope.requireZone(caller, zoneId);
    return this.liftZone.execute(request, { zoneId });
  }

  @Get()
  @ApiOperation({ summary: 'List zones' })
  @ApiPage(ZoneResponse)
  list(@Query() query: ZonesQuery): Promise<Page<ZoneResponse>> {
    const where = { areaCode: query.areaCode, state: query.state };
    return listRows(this.database, query, { of: ZoneRow, keys: ['zoneId'], where, item: responseOf });
  }

  @Get(':zoneId')
  @ApiOperation({ summary: 'Read one zone' })
  @ApiOkResponse({ type: ZoneResponse })
  async read(@CodeParam('zoneId') zoneId: string): Promise<ZoneResponse> {
    return responseOf(await readRow(this.database, ZoneRow, 'zone', { zoneId }));
  }
}

function responseOf(row: ZoneRow): ZoneResponse {
  const { startsAt, endsAt, liftedAt, endReachedAt, policyId, policyVersion, ...zone } = row;
  return {
    ...zone,
    startsAt: toIso(startsAt),
    policy: { id: policyId, version: policyVersion },
    ...isoFields({ endsAt, liftedAt, endReachedAt }),
  };
}
