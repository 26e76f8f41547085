import { Controller, Get, HttpCode, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, type Page, PageQuery, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CallerScope } from '../network/caller-scope.js';
import type { Headers } from '../report-sheets/printing.js';
import { ReportScopes } from '../reports/report-scope.js';
import { ApiReport } from '../reports/reports.controller.js';
import { HandOverShift } from './hand-over-shift.js';
import type { HandoverPicture } from './handover-picture.js';
import { HandoverPictures } from './handover-pictures.js';
import { HandoverPrints } from './handover-prints.js';
import { answerOfHandover } from './shift-handover.js';
import { HandoverPictureResponse, HandoverQuery, ShiftHandoverResponse } from './shift-handovers.dto.js';
import { ShiftHandovers } from './shift-handovers.reader.js';
import { TakeOverShift } from './take-over-shift.js';

/** How a station stands, now and when it was last signed for. */
@ApiTags('reports')
@Controller('api/v1/stations/:stationCode')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class HandoverPicturesController {
  constructor(
    private readonly pictures: HandoverPictures,
    private readonly handovers: ShiftHandovers,
    private readonly scopes: ReportScopes,
    private readonly callers: CallerScope,
    private readonly prints: HandoverPrints,
  ) {}

  @Get('reports/handover')
  @ApiOperation({
    operationId: 'StationReports.handover',
    summary: 'How the station stands, for the next shift: open trucks, holds, drivers near their limits',
  })
  @ApiReport(HandoverPictureResponse, { isPage: false })
  async picture(
    @CurrentCaller() caller: Caller,
    @CodeParam('stationCode') stationCode: string,
    @Query() query: HandoverQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Promise<HandoverPicture | StreamableFile> {
    await this.callers.requireStation(caller, stationCode);
    const picture = await this.pictures.draw(await this.scopes.ofStation(stationCode), this.prints.now);
    return this.prints.print(picture, picture, query, reply);
  }

  @Get('shift-handovers')
  @ApiOperation({ operationId: 'ShiftHandovers.list', summary: 'List what leads have signed, the newest first' })
  @ApiPage(ShiftHandoverResponse)
  async list(
    @CurrentCaller() caller: Caller,
    @CodeParam('stationCode') stationCode: string,
    @Query() query: PageQuery,
  ): Promise<Page<ShiftHandoverResponse>> {
    await this.callers.requireStation(caller, stationCode);
    return this.handovers.list(stationCode, query);
  }
}

/** The leads sign, one after the other, each for himself. */
@ApiTags('reports')
@Controller('api/v1')
@Roles('shift_lead', 'administrator')
export class ShiftHandoversController {
  constructor(
    private readonly handOverShift: HandOverShift,
    private readonly takeOverShift: TakeOverShift,
    private readonly handovers: ShiftHandovers,
    private readonly callers: CallerScope,
    private readonly prints: HandoverPrints,
  ) {}

  @Post('stations/:stationCode/shift-handovers')
  @ApiOperation({ summary: 'Hand the shift over: the outgoing lead signs how the station stands' })
  @ApiCreatedResponse({ type: ShiftHandoverResponse })
  async handOver(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('stationCode') stationCode: string,
  ): Promise<ShiftHandoverResponse> {
    await this.callers.requireStation(caller, stationCode);
    return this.handOverShift.execute(request, { stationCode });
  }

  @Post('shift-handovers/:handoverId/takeover')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take the shift over: the incoming lead signs the same picture' })
  @ApiOkResponse({ type: ShiftHandoverResponse })
  async takeOver(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoverId') handoverId: string,
  ): Promise<ShiftHandoverResponse> {
    await this.handovers.read(caller, handoverId);
    return this.takeOverShift.execute(request, { handoverId });
  }

  @Get('shift-handovers/:handoverId')
  @Roles('operator', 'shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Read one sign-off, with the picture as it was signed' })
  @ApiReport(ShiftHandoverResponse, { isPage: false })
  async read(
    @CurrentCaller() caller: Caller,
    @UuidParam('handoverId') handoverId: string,
    @Query() query: HandoverQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Promise<ShiftHandoverResponse | StreamableFile> {
    const handover = await this.handovers.read(caller, handoverId);
    return this.prints.print(answerOfHandover(handover), handover.picture, query, reply);
  }
}
