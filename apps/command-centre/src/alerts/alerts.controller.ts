import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { stationsOf } from '../board/stations-of.js';
import { AcknowledgeAlert } from './acknowledge-alert.js';
import { AlertResponse, AlertsQuery } from './alerts.dto.js';
import { Alerts } from './alerts.reader.js';

/** What asks for a person in an area, and who is at it. */
@ApiTags('command centre')
@Controller('api/v1/command-centre/areas/:areaCode/alerts')
@Roles('command_centre', 'administrator')
export class AlertsController {
  constructor(
    private readonly alerts: Alerts,
    private readonly acknowledgeAlert: AcknowledgeAlert,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Alerts of an area, the newest first: one for each cause, resolved by itself' })
  @ApiPage(AlertResponse)
  list(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: AlertsQuery,
  ): Promise<Page<AlertResponse>> {
    return this.alerts.list({ areaCode, stations: stationsOf(caller, areaCode) }, query);
  }

  @Post(':alertId/acknowledgement')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that you are at it: nobody else is told until it grows worse' })
  @ApiOkResponse({ type: AlertResponse })
  acknowledge(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('areaCode') areaCode: string,
    @UuidParam('alertId') alertId: string,
  ): Promise<AlertResponse> {
    caller.requireArea(areaCode);
    return this.acknowledgeAlert.execute({ areaCode, alertId, byId: request.caller });
  }
}
