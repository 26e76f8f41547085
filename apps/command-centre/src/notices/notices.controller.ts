import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, CodeParam, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { NoticeGatewayResponse, NoticeToPersonResponse, Notices, NoticesQuery } from '@yizhan/notices';
import { stationsOf } from '../board/stations-of.js';
import { NoticeGateways } from './notice-gateways.js';

/** What people on duty were told of alerts, and over what. */
@ApiTags('command centre')
@Controller('api/v1/command-centre')
@Roles('command_centre', 'administrator')
export class NoticesController {
  constructor(
    private readonly notices: Notices,
    private readonly gateways: NoticeGateways,
  ) {}

  @Get('areas/:areaCode/notices')
  @ApiOperation({ summary: 'Notices about alerts of an area, the newest first, with what came of each' })
  @ApiPage(NoticeToPersonResponse)
  list(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: NoticesQuery,
  ): Promise<Page<NoticeToPersonResponse>> {
    return this.notices.list({ areaCode, stations: stationsOf(caller, areaCode) }, query);
  }

  @Get('notice-gateways')
  @ApiOperation({ summary: 'Over which gateways notices go out; none where they are on screens alone' })
  @ApiOkResponse({ type: NoticeGatewayResponse, isArray: true })
  configured(): readonly NoticeGatewayResponse[] {
    return this.gateways.list();
  }
}
