import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, CodeParam, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { NoticeToPersonResponse, Notices, NoticesQuery } from '@yizhan/notices';

/** What drivers and carriers were told of their trucks. */
@ApiTags('command centre')
@Controller('api/v1/areas/:areaCode/notices')
@Roles('command_centre', 'administrator')
export class TruckNoticesController {
  constructor(private readonly notices: Notices) {}

  @Get()
  @ApiOperation({ summary: 'Text messages about trucks of an area, the newest first, with what came of each' })
  @ApiPage(NoticeToPersonResponse)
  list(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: NoticesQuery,
  ): Promise<Page<NoticeToPersonResponse>> {
    const stations = caller.isOfCounties ? caller.stations : undefined;
    if (!caller.isOfCounties) caller.requireArea(areaCode);
    return this.notices.list({ areaCode, stations }, query);
  }
}
