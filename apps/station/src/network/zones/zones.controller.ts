import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, instantOf, type Page } from '@yizhan/http';
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
import {
  ActivateZoneRequest,
  ChangeZoneRequest,
  LiftedZoneResponse,
  ZoneAnswerResponse,
  ZoneResponse,
  ZonesQuery,
} from './zones.dto.js';

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
