import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CallerScope } from '../caller-scope.js';
import { ShareZone } from './share-zone.js';
import { ShareZoneRequest, ZoneAnswerResponse } from './zones.dto.js';

/** Areas that serve a zone beside its own. */
@ApiTags('network')
@Controller('api/v1/zones')
@Roles('command_centre', 'administrator')
export class ZoneAreasController {
  constructor(
    private readonly shareZone: ShareZone,
    private readonly scope: CallerScope,
  ) {}

  @Post(':zoneId/areas')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Zones.share',
    summary: 'Another area serves the zone too: its stations take trucks for it, and drivers can be lent between both',
  })
  @ApiOkResponse({ type: ZoneAnswerResponse })
  async share(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('zoneId') zoneId: string,
    @Body() { areaCode }: ShareZoneRequest,
  ): Promise<ZoneAnswerResponse> {
    await this.scope.requireZone(caller, zoneId);
    return this.shareZone.execute(request, { zoneId, areaCode });
  }
}
